/** The worker process: what polls the task queue, and how operators see it. */
package org.amibakery.worker;
