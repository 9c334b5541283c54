/** Leads people from an id to AWS's own page about it. */
package org.amibakery.console;
