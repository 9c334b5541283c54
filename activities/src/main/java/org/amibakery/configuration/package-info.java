/** Knows one installation: where it bakes, and with which functions, documents and buckets. */
package org.amibakery.configuration;
