/** Stands in for AWS STS: says who a caller is and lends the credentials of known roles. */
package org.amibakery.simulator.sts;
