package org.amibakery.simulator.world;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Says what exists, what was ever alive at once and what leaked, over all accounts and regions. It sees resources from
 * the moment they exist, without visibility lag, and keeps them after AWS would have forgotten them.
 */
public final class Ledger {
    /** Marks an image as finished; it and its snapshots are the purpose of a bake and no leak. */
    public static final String STATE_TAG = "ami-bakery:state";

    private static final String GOOD = "good";

    private final List<Tracked> resources = new CopyOnWriteArrayList<>();

    /** Follows a resource from now on, for ever. */
    public void track(Tracked resource) {
        resources.add(resource);
    }

    /** Lists everything that was ever made through the API or seeded, gone or not, in order of creation. */
    public List<LedgerEntry> everything() {
        return resources.stream().map(Tracked::entry).toList();
    }

    /**
     * Lists what remains though nobody wants it: everything made through the API that is not gone, except good images,
     * and their snapshots.
     */
    public List<LedgerEntry> leaked() {
        List<LedgerEntry> everything = everything();
        Set<String> goodImages = everything.stream()
                .filter(Ledger::isGoodImage)
                .map(LedgerEntry::id)
                .collect(Collectors.toSet());
        return everything.stream()
                .filter(entry -> !entry.seeded() && !entry.gone())
                .filter(entry -> !isGoodImage(entry) && entry.kind() != ResourceKind.LAUNCH_TEMPLATE)
                .filter(entry -> entry.kind() != ResourceKind.SNAPSHOT || !goodImages.contains(entry.origin()))
                .toList();
    }

    /** Lists every instance that was launched through the API, terminated ones included. */
    public List<LedgerEntry> buildersEverLaunched() {
        return made(ResourceKind.INSTANCE);
    }

    /** Counts the instances that lived at the same time at the worst moment, until their termination was accepted. */
    public int mostBuildersAliveAtOnce() {
        List<LedgerEntry> builders = buildersEverLaunched();
        return (int) builders.stream()
                .map(LedgerEntry::createdAt)
                .mapToLong(moment -> aliveAt(builders, moment))
                .max()
                .orElse(0);
    }

    /** Lists every image that was made through the API, deleted ones included. */
    public List<LedgerEntry> imagesEverCreated() {
        return made(ResourceKind.IMAGE);
    }

    /** Lists every image that was deregistered, seeded ones included. */
    public List<LedgerEntry> imagesDeleted() {
        return select(entry -> entry.kind() == ResourceKind.IMAGE && entry.gone());
    }

    private static long aliveAt(List<LedgerEntry> builders, Instant moment) {
        return builders.stream().filter(builder -> builder.wasAliveAt(moment)).count();
    }

    private static boolean isGoodImage(LedgerEntry entry) {
        return entry.kind() == ResourceKind.IMAGE
                && !entry.gone()
                && "available".equals(entry.state())
                && GOOD.equals(entry.tags().get(STATE_TAG));
    }

    private List<LedgerEntry> made(ResourceKind kind) {
        return select(entry -> entry.kind() == kind && !entry.seeded());
    }

    private List<LedgerEntry> select(Predicate<LedgerEntry> wanted) {
        return everything().stream().filter(wanted).toList();
    }
}
