/** Answers over HTTP at an address of this machine. */
package org.amibakery.http;
