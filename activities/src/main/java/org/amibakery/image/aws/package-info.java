/** Makes, tags and discards images on EC2. */
package org.amibakery.image.aws;
