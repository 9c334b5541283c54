/** Launches, watches and ends builders on EC2. */
package org.amibakery.builder.aws;
