/**
 * What the reaper finds and removes: everything tagged by a bake of this stack that nobody needs any more. The function
 * `clean-up-orphans` does so by expiry alone, outside Temporal; the worker's reaper also knows which bakes run.
 */
package org.amibakery.lambdas.orphans;
