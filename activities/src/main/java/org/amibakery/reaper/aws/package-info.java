/** Finds orphans on AWS, asks Temporal whose bakes they are, and removes them. */
package org.amibakery.reaper.aws;
