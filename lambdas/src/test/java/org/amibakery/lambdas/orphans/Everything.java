package org.amibakery.lambdas.orphans;

import java.util.List;
import java.util.TreeSet;
import org.amibakery.lambdas.FakeRegion;

/** Lists the ids of all that lives in a region. */
final class Everything {
    private Everything() {}

    static List<String> in(FakeRegion region) {
        TreeSet<String> ids = new TreeSet<>(region.users().alive());
        ids.addAll(region.volumeIds());
        ids.addAll(region.cardIds());
        ids.addAll(region.imageIds());
        ids.addAll(region.snapshotIds());
        return List.copyOf(ids);
    }
}
