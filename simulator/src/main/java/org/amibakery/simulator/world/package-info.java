/** What all simulated services share: time, places, the view on instances, and the ledger of what exists. */
package org.amibakery.simulator.world;
