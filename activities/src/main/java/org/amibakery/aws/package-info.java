/** Reaches AWS: clients by region, and what every error code leads to. */
package org.amibakery.aws;
