/** What a secret, or somebody's hostile text, must not reach; and the list of all that is promised about security. */
package org.amibakery.acceptance.security;
