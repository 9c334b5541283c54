/** Maintenance windows as an installation has them: schedules of a real Temporal server, and workers of their own. */
package org.amibakery.acceptance.windows;
