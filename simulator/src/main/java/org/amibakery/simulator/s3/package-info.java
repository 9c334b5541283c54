/** Stands in for Amazon S3: versioned buckets held in memory, shared by all regions of one simulated world. */
package org.amibakery.simulator.s3;
