/**
 * Waits on AWS without holding a thread: an activity registers what it waits for, one watcher per region and kind looks
 * all of it up in one call, completes what arrived and heartbeats the rest.
 */
package org.amibakery.watch;
