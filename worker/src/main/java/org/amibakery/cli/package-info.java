/** The command line: what people and scripts type, what they read, and the exit codes they rely on. */
package org.amibakery.cli;
