/** What people see of the product in Temporal's Web UI, in a browser without a screen. */
package org.amibakery.acceptance.webui;
