/** Processes that die, freeze and lose each other in the midst of bakes, on a real Temporal server. */
package org.amibakery.acceptance.deaths;
