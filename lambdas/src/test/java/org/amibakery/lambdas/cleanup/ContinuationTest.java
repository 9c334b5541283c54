package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.cleanup.CleanUpBench.DELETE;
import static org.amibakery.lambdas.cleanup.CleanUpBench.capped;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.amibakery.lambdas.cleanup.CleanUpBench.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.InvalidFunctionRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuationTest {
    private static final Instant TIME_IS_UP = NOW;

    private final FakeFleet fleet = new FakeFleet(17);

    @BeforeEach
    void five_images() {
        for (int number = 1; number <= 5; number++) {
            fleet.hasBaked(ownImage("ami-" + number, 100 - number).build());
        }
    }

    @Test
    void a_run_without_time_settles_one_image_and_says_where_to_go_on() {
        CleanUpImagesReport report = cleanUp(fleet, DELETE, TIME_IS_UP);

        assertThat(report.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-1");
        assertThat(report.continuation()).contains("2026-02-22T12:00:00Z,ami-1,1");
    }

    @ParameterizedTest
    @EnumSource
    void short_runs_together_report_what_one_long_run_does(CleanUpMode mode) {
        FakeFleet same = new FakeFleet(18);
        fleet.imageIds().forEach(id -> same.hasBaked(fleet.image(id)));
        CleanUpImagesRequest request = mode == CleanUpMode.PLAN ? planned(DELETE) : DELETE;

        List<CleanUpImagesReport> reports = runToTheEnd(request);

        CleanUpImagesReport whole = cleanUp(same, request);
        assertThat(reports).hasSizeGreaterThan(3);
        assertThat(reports).flatExtracting(CleanUpImagesReport::deleted).isEqualTo(whole.deleted());
        assertThat(reports).flatExtracting(CleanUpImagesReport::kept).isEqualTo(whole.kept());
        assertThat(fleet.imageIds()).isEqualTo(same.imageIds());
    }

    @Test
    void looks_that_get_no_answer_end_with_the_time_as_well() {
        for (int number = 6; number <= 30; number++) {
            fleet.hasBaked(ownImage("ami-" + number, 100 - number).build());
        }
        fleet.faults().hangsAt("DescribeImageReferences");

        CleanUpImagesReport report = cleanUp(fleet, DELETE, TIME_IS_UP);

        assertThat(report.deleted()).isEmpty();
        assertThat(report.kept()).hasSize(ImageUse.IDS_PER_LOOK);
        assertThat(report.continuation()).isPresent();
    }

    @Test
    void the_cap_holds_over_all_continuations() {
        List<CleanUpImagesReport> reports = runToTheEnd(capped(2));

        assertThat(reports).flatExtracting(CleanUpImagesReport::deleted).hasSize(2);
        assertThat(fleet.imageIds()).hasSize(3);
    }

    @Test
    void leftovers_are_continued_too() {
        fleet.imageIds().forEach(fleet::loses);

        List<CleanUpImagesReport> reports = runToTheEnd(DELETE);

        assertThat(reports).hasSize(5);
        assertThat(reports).flatExtracting(CleanUpImagesReport::leftovers).hasSize(5);
        assertThat(fleet.snapshotIds()).isEmpty();
    }

    @Test
    void a_leftover_that_cannot_be_removed_does_not_hold_up_the_next() {
        fleet.imageIds().forEach(fleet::loses);
        fleet.faults().answers("DeleteSnapshot snap-1", "UnauthorizedOperation", "no");

        List<CleanUpImagesReport> reports = runToTheEnd(DELETE);

        assertThat(reports).flatExtracting(CleanUpImagesReport::leftovers).hasSize(4);
        assertThat(reports).flatExtracting(CleanUpImagesReport::failed).hasSize(1);
    }

    @Test
    void a_repeated_continuation_deletes_nothing_twice() {
        Optional<String> token = cleanUp(fleet, DELETE, TIME_IS_UP).continuation();
        CleanUpImagesRequest second = DELETE.continuedAt(token.orElseThrow());
        cleanUp(fleet, second);

        assertThat(cleanUp(fleet, second).deleted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "2026-01-01T00:00:00Z,ami-1", "2026-01-01T00:00:00Z,ami-1,-1", "x,ami-1,1"})
    void an_unreadable_token_is_refused(String token) {
        assertThatThrownBy(() -> DELETE.continuedAt(token))
                .isInstanceOf(InvalidFunctionRequest.class)
                .hasMessage("'" + token + "' is not a continuation. Repeat the one of the last report, or leave it out"
                        + " to start anew.");
    }

    private List<CleanUpImagesReport> runToTheEnd(CleanUpImagesRequest first) {
        List<CleanUpImagesReport> reports = new ArrayList<>();
        Optional<CleanUpImagesRequest> next = Optional.of(first);
        while (next.isPresent() && reports.size() < 20) {
            CleanUpImagesRequest request = next.get();
            CleanUpImagesReport report = cleanUp(fleet, request, TIME_IS_UP);
            reports.add(report);
            next = report.continuation().map(request::continuedAt);
        }
        assertThat(next).isEmpty();
        return reports;
    }
}
