/** Builders that are real: roots of a Debian, booted with systemd in containers of this computer. */
package org.amibakery.simulator.sandbox;
