/** Encrypts what the product writes into Temporal, and lets the Web UI and Temporal's CLI read it at a user's machine. */
package org.amibakery.codec;
