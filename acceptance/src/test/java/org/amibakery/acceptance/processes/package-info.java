/** The product as processes: started, watched, frozen and killed as a machine does it. */
package org.amibakery.acceptance.processes;
