package org.amibakery.reaper;

import java.util.List;

/**
 * What became of orphans.
 *
 * @param removed what is gone, or on its way out
 * @param kept what turned out to be needed at the last look
 * @param failed what AWS refused to remove
 */
public record Removals(List<Verdict> removed, List<Verdict> kept, List<Verdict> failed) {
    public Removals {
        removed = removed == null ? List.of() : List.copyOf(removed);
        kept = kept == null ? List.of() : List.copyOf(kept);
        failed = failed == null ? List.of() : List.copyOf(failed);
    }
}
