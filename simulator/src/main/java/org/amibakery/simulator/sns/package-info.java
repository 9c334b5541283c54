/** Stands in for Amazon SNS: topics that remember what was published. */
package org.amibakery.simulator.sns;
