/** Real Debian machines with real systemd, on which what runs on a builder is run for real. */
package org.amibakery.acceptance.sandbox;
