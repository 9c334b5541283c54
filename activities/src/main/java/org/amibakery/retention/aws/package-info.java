/** Deletes old images by a function. */
package org.amibakery.retention.aws;
