/** Finds foundation images by a function, and checks on EC2 whose they are. */
package org.amibakery.foundation.aws;
