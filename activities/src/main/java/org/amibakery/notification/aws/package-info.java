/** Notifies people by SNS. */
package org.amibakery.notification.aws;
