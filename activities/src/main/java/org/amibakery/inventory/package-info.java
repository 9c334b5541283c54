/** What images an installation has. */
package org.amibakery.inventory;
