/** One worker that bakes in several regions and accounts. */
package org.amibakery.acceptance.accounts;
