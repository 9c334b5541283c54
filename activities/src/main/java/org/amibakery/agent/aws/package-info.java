/** Watches SSM agents. */
package org.amibakery.agent.aws;
