/** A strict AWS on loopback that speaks the real wire protocols: a test double and a demonstration, never a default. */
package org.amibakery.simulator;
