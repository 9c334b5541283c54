package org.amibakery.simulator.world;

/** A resource that can tell the ledger what it is now. */
@FunctionalInterface
public interface Tracked {
    LedgerEntry entry();
}
