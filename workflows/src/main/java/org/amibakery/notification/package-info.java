/** Tells people of what ended. */
package org.amibakery.notification;
