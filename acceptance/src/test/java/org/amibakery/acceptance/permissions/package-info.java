/**
 * Evaluates the template's policies: whatever the product was seen to call must be allowed, and its neighbors denied.
 *
 * <p>What is called comes from the simulator's record of a run of everything; what IAM is asked for a call is written down
 * here, after the Service Authorization Reference; what IAM answers is somebody else's program.
 */
package org.amibakery.acceptance.permissions;
