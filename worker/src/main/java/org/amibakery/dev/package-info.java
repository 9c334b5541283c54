/** Runs Temporal's development server and a worker as children of one command, and installs Temporal's CLI. */
package org.amibakery.dev;
