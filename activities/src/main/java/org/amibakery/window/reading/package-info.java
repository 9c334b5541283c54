/** Reads maintenance windows as their authors write them, in YAML or JSON. */
package org.amibakery.window.reading;
