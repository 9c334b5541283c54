/** Finds out by AWS whether recipes changed since their newest good images. */
package org.amibakery.change.aws;
