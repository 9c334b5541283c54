package org.amibakery.retention;

import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.RetentionPolicy;
import org.amibakery.retention.RetentionReport.ImageVerdict;
import org.amibakery.retention.RetentionReport.WithdrawnImage;
import org.amibakery.workflow.WorkflowClock;
import org.slf4j.Logger;

/** Keeps what people see of a family's retention: the query's answer, the Web UI's details, the log. */
final class RetentionProgress {
    /** History is paid for by the byte, and a run may continue with what it has listed: more is only counted. */
    private static final int MOST_LISTED = 200;

    private static final Logger log = Workflow.getLogger(RetentionProgress.class);

    private final RetentionMode mode;
    private final Instant started;
    private final Map<Region, Place> places = new LinkedHashMap<>();
    private String family;
    private Optional<RetentionPolicy> policy;
    private RetentionState state = RetentionState.PLANNING;
    private Optional<Instant> ended = Optional.empty();

    RetentionProgress(RetentionRequest request) {
        Optional<FamilyRetention> before = request.continued().map(RetentionLeftOff::report);
        mode = request.mode();
        family = before.map(FamilyRetention::family)
                .orElseGet(() -> request.recipe().path("name").asText());
        policy = before.flatMap(FamilyRetention::policy);
        started = before.map(FamilyRetention::started).orElseGet(WorkflowClock::now);
        before.map(FamilyRetention::regions)
                .orElse(List.of())
                .forEach(region -> places.put(region.region(), new Place(region)));
    }

    void isAbout(RetentionScope scope) {
        family = scope.family();
        policy = Optional.of(scope.policy());
        show();
    }

    void begins(Region region, RetentionMode pass) {
        state = switch (pass) {
            case PLAN -> RetentionState.PLANNING;
            case DELETE -> RetentionState.DELETING;
        };
        place(region).begins();
        show();
    }

    void went(Region region, RetentionMode pass, RetentionReport report) {
        place(region).went(pass, report);
        show();
    }

    void isUnfinished(Region region, String why) {
        place(region).unfinished = Optional.of(why);
        log.warn("Retention could not go through a region. family={} region={} reason={}", family, region, why);
        show();
    }

    /** How many images are gone or were taken one step out of use so far; both use up what may be changed. */
    int changed(Region region) {
        Place place = place(region);
        return place.deletedCount + place.withdrawnCount;
    }

    void completed() {
        state = RetentionState.COMPLETED;
        ended = Optional.of(WorkflowClock.now());
        FamilyRetention report = report();
        log.info(
                "Retention ended. family={} mode={} planned={} deleted={} withdrawn={} kept={} troubles={}",
                family,
                mode,
                report.plannedCount(),
                report.deletedCount(),
                report.withdrawnCount(),
                report.keptCount(),
                report.troubles().size());
        show();
    }

    FamilyRetention report() {
        return new FamilyRetention(
                family,
                mode,
                state,
                policy,
                started,
                ended,
                places.values().stream().map(Place::report).toList());
    }

    private Place place(Region region) {
        return places.computeIfAbsent(region, Place::new);
    }

    private void show() {
        Workflow.setCurrentDetails(RetentionDetails.of(report()));
    }

    /** Counts what becomes of the images in one region. */
    private static final class Place {
        private final Region region;
        private final List<ImageVerdict> planned = new ArrayList<>();
        private final List<ImageVerdict> deleted = new ArrayList<>();
        private final List<WithdrawnImage> withdrawn = new ArrayList<>();
        private final List<ImageVerdict> kept = new ArrayList<>();
        private final List<ImageVerdict> failed = new ArrayList<>();
        private int plannedCount;
        private int deletedCount;
        private int withdrawnCount;
        private int keptCount;
        private Optional<String> unfinished = Optional.empty();

        Place(Region region) {
            this.region = region;
        }

        Place(RegionRetention before) {
            this(before.region());
            planned.addAll(before.planned());
            deleted.addAll(before.deleted());
            withdrawn.addAll(before.withdrawn());
            kept.addAll(before.kept());
            failed.addAll(before.failed());
            plannedCount = before.plannedCount();
            deletedCount = before.deletedCount();
            withdrawnCount = before.withdrawnCount();
            keptCount = before.keptCount();
            unfinished = before.unfinished();
        }

        /** What stays, and what is refused, is told anew by each run of the function. */
        void begins() {
            kept.clear();
            keptCount = 0;
            failed.clear();
            unfinished = Optional.empty();
        }

        void went(RetentionMode pass, RetentionReport report) {
            switch (pass) {
                case PLAN -> {
                    list(report.deleted(), planned);
                    list(
                            report.withdrawn().stream()
                                    .map(Place::plannedWithdrawal)
                                    .toList(),
                            planned);
                    plannedCount += report.deleted().size() + report.withdrawn().size();
                }
                case DELETE -> {
                    list(report.deleted(), deleted);
                    deletedCount += report.deleted().size();
                    list(report.withdrawn(), withdrawn);
                    withdrawnCount += report.withdrawn().size();
                    report.deleted()
                            .forEach(
                                    image -> log.info("Deleted {} ({}): {}", image.id(), image.name(), image.reason()));
                }
            }
            list(report.kept(), kept);
            keptCount += report.keptCount();
            list(report.failed(), failed);
        }

        private static ImageVerdict plannedWithdrawal(WithdrawnImage image) {
            return new ImageVerdict(
                    image.id(),
                    image.name(),
                    "to be %s: %s".formatted(image.step().words(), image.reason()));
        }

        RegionRetention report() {
            return new RegionRetention(
                    region,
                    planned,
                    plannedCount,
                    deleted,
                    deletedCount,
                    withdrawn,
                    withdrawnCount,
                    kept,
                    keptCount,
                    failed,
                    unfinished);
        }

        private static <V> void list(List<V> more, List<V> listed) {
            more.stream().limit(Math.max(0, MOST_LISTED - listed.size())).forEach(listed::add);
        }
    }
}
