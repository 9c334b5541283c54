package org.amibakery.reaper.aws;

import java.util.ArrayList;
import java.util.List;
import org.amibakery.reaper.Removals;
import org.amibakery.reaper.Verdict;

/** Collects what became of the orphans of one batch. */
final class RemovalTally {
    private final List<Verdict> removed = new ArrayList<>();
    private final List<Verdict> kept = new ArrayList<>();
    private final List<Verdict> failed = new ArrayList<>();

    void removed(Verdict verdict) {
        removed.add(verdict);
    }

    void kept(Verdict verdict) {
        kept.add(verdict);
    }

    void failed(Verdict verdict) {
        failed.add(verdict);
    }

    Removals removals() {
        return new Removals(removed, kept, failed);
    }
}
