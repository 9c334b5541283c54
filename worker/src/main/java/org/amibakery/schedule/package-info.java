/** Installs what Temporal starts at times, without anybody asking. */
package org.amibakery.schedule;
