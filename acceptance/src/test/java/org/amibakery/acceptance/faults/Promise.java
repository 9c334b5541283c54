package org.amibakery.acceptance.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;

/** What holds after any bake, however it went: told by the account's ledger, not by the bakery. */
public final class Promise {
    private final TroubledBakery bakery;

    private Promise(TroubledBakery bakery) {
        this.bakery = bakery;
    }

    /** Nothing was left, nothing is there twice, nothing in use was deleted. */
    public static Promise isKeptBy(TroubledBakery bakery) {
        Promise promise = new Promise(bakery);
        promise.nothingLeaked();
        promise.oneGoodImageAtMostPerBake();
        promise.imagesInUseSurvived();
        promise.noSnapshotOutlivedItsImage();
        return promise;
    }

    /** The same of a bake that was reset to its very start, and so bakes another image beside a good one of before. */
    public static Promise isKeptByBakingAnew(TroubledBakery bakery) {
        Promise promise = new Promise(bakery);
        promise.nothingLeaked();
        promise.imagesInUseSurvived();
        promise.noSnapshotOutlivedItsImage();
        return promise;
    }

    /** Never two builders at the same time. */
    public Promise withOneBuilderAtATime() {
        assertThat(bakery.ledger().mostBuildersAliveAtOnce()).isLessThanOrEqualTo(1);
        return this;
    }

    /** So many builders in all. */
    public Promise withBuildersLaunched(int builders) {
        assertThat(bakery.ledger().buildersEverLaunched()).hasSize(builders);
        return this;
    }

    /** So many images in all, good or not. */
    public Promise withImagesMade(int images) {
        assertThat(bakery.ledger().imagesEverCreated()).hasSize(images);
        return this;
    }

    private void nothingLeaked() {
        assertThat(bakery.ledger().leaked()).isEmpty();
    }

    private void oneGoodImageAtMostPerBake() {
        Map<String, Long> imagesByBake = goodImages(bakery.ledger()).stream()
                .collect(groupingBy(image -> image.tags().get("ami-bakery:bake"), counting()));
        assertThat(imagesByBake.values()).allMatch(images -> images == 1);
    }

    private void imagesInUseSurvived() {
        assertThat(bakery.ledger().imagesDeleted())
                .extracting(LedgerEntry::id)
                .doesNotContainAnyElementsOf(bakery.imagesInUse().values());
    }

    private void noSnapshotOutlivedItsImage() {
        Set<String> deleted =
                bakery.ledger().imagesDeleted().stream().map(LedgerEntry::id).collect(toSet());
        assertThat(bakery.ledger().everything())
                .filteredOn(entry -> entry.kind() == ResourceKind.SNAPSHOT && !entry.gone())
                .noneMatch(snapshot -> deleted.contains(snapshot.origin()));
    }

    public static List<LedgerEntry> goodImages(Ledger ledger) {
        return ledger.everything().stream()
                .filter(entry -> entry.kind() == ResourceKind.IMAGE && !entry.seeded() && !entry.gone())
                .filter(image -> "good".equals(image.tags().get(Ledger.STATE_TAG)))
                .toList();
    }
}
