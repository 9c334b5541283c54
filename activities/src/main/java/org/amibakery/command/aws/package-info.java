/** Runs commands on builders by SSM Run Command. */
package org.amibakery.command.aws;
