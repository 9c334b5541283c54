package org.amibakery.lambdas.cleanup;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.ownImage;
import static org.amibakery.lambdas.AnImage.tags;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUp;
import static org.amibakery.lambdas.cleanup.CleanUpBench.cleanUpAfter;
import static org.amibakery.lambdas.cleanup.CleanUpBench.planned;
import static org.amibakery.lambdas.cleanup.CleanUpBench.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.Faults;
import org.amibakery.lambdas.ReservedTags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;

class WithdrawalTest {
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final CleanUpImagesRequest BOTH = staged(Optional.of(FORTNIGHT), Optional.of(WEEK));
    private static final CleanUpImagesRequest DEPRECATING = staged(Optional.of(FORTNIGHT), Optional.empty());
    private static final CleanUpImagesRequest DISABLING = staged(Optional.empty(), Optional.of(WEEK));

    private final FakeFleet fleet = new FakeFleet(23);

    @BeforeEach
    void an_old_and_a_new_image() {
        fleet.hasBaked(ownImage("ami-new", 1).build());
        fleet.hasBaked(ownImage("ami-old", 99).build());
    }

    @Test
    void goes_one_step_a_run_with_a_grace_after_each() {
        CleanUpImagesReport first = cleanUp(fleet, BOTH);
        assertThat(first.withdrawn()).containsExactly(old(WithdrawalStep.DEPRECATED, "2026-06-15T12:02:00Z"));
        assertThat(fleet.image("ami-old").deprecationTime()).isEqualTo("2026-06-01T12:02:00Z");

        assertThat(reasonToKeep(cleanUpAfter(Duration.ofDays(14), fleet, BOTH)))
                .isEqualTo("is deprecated since 2026-06-01T12:02:00Z and stays so until 2026-06-15T12:02:00Z");

        CleanUpImagesReport second = cleanUpAfter(Duration.ofDays(15), fleet, BOTH);
        assertThat(second.withdrawn()).containsExactly(old(WithdrawalStep.DISABLED, "2026-06-23T12:00:00Z"));
        assertThat(fleet.image("ami-old").stateAsString()).isEqualTo("disabled");

        assertThat(reasonToKeep(cleanUpAfter(Duration.ofDays(21), fleet, BOTH)))
                .isEqualTo("is disabled since 2026-06-16T12:00:00Z and stays so until 2026-06-23T12:00:00Z");

        CleanUpImagesReport third = cleanUpAfter(Duration.ofDays(22), fleet, BOTH);
        assertThat(third.deleted()).extracting(DeletedImage::imageId).containsExactly("ami-old");
        assertThat(fleet.snapshotIds()).containsExactly("snap-new");
    }

    @Test
    void leaves_out_the_step_that_is_not_asked_for() {
        cleanUp(fleet, DEPRECATING);
        assertThat(cleanUpAfter(Duration.ofDays(15), fleet, DEPRECATING).deleted())
                .hasSize(1);
        fleet.hasBaked(ownImage("ami-old", 99).build());

        assertThat(cleanUp(fleet, DISABLING).withdrawn())
                .containsExactly(old(WithdrawalStep.DISABLED, "2026-06-08T12:00:00Z"));
        assertThat(fleet.image("ami-old").deprecationTime()).isNull();
        assertThat(cleanUpAfter(WEEK, fleet, DISABLING).deleted()).hasSize(1);
    }

    @Test
    void plans_the_same_and_changes_nothing() {
        Image before = fleet.image("ami-old");

        CleanUpImagesReport plan = cleanUp(fleet, planned(BOTH));
        assertThat(fleet.image("ami-old")).isEqualTo(before);
        assertThat(plan.withdrawn()).hasSize(1).isEqualTo(cleanUp(fleet, BOTH).withdrawn());

        CleanUpImagesReport second = cleanUpAfter(FORTNIGHT.plusDays(1), fleet, planned(BOTH));
        assertThat(fleet.faults().calls()).doesNotContain("DisableImage", "CreateTags");
        assertThat(second.withdrawn())
                .hasSize(1)
                .isEqualTo(cleanUpAfter(FORTNIGHT.plusDays(1), fleet, BOTH).withdrawn());
    }

    @Test
    void a_second_run_at_once_changes_nothing_more() {
        cleanUp(fleet, BOTH);
        Image after = fleet.image("ami-old");

        assertThat(cleanUp(fleet, BOTH).withdrawn()).isEmpty();
        assertThat(fleet.image("ami-old")).isEqualTo(after);
    }

    @Test
    void brings_a_deprecation_forward_that_the_recipe_set_far_ahead() {
        fleet.has(ownImage("ami-old", 99)
                .deprecationTime("2027-01-01T00:00:00.000Z")
                .build());

        cleanUp(fleet, BOTH);

        assertThat(fleet.image("ami-old").deprecationTime()).isEqualTo("2026-06-01T12:02:00Z");
    }

    @Test
    void counts_the_grace_from_the_deprecation_that_the_recipe_set() {
        fleet.has(ownImage("ami-old", 99)
                .deprecationTime("2026-05-18T12:00:00.000Z")
                .build());

        assertThat(cleanUp(fleet, BOTH).withdrawn())
                .extracting(WithdrawnImage::step)
                .containsExactly(WithdrawalStep.DISABLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "error", "invalid"})
    void takes_no_step_with_an_image_that_is_broken(String state) {
        fleet.has(ownImage("ami-old", 99).state(state).build());

        assertThat(cleanUp(fleet, BOTH).deleted()).hasSize(1);
    }

    @Test
    void withdraws_the_image_of_a_failed_bake_too() {
        fleet.has(ownImage("ami-old", 99).tags(tags("bakery", "web", "failed")).build());

        assertThat(cleanUp(fleet, BOTH).withdrawn())
                .extracting(WithdrawnImage::reason)
                .containsExactly("failed image, older than 30 days and unused");
    }

    @Test
    void takes_no_step_with_an_image_in_use() {
        fleet.users().instance("ami-old", "stopped");

        CleanUpImagesReport report = cleanUp(fleet, BOTH);

        assertThat(report.withdrawn()).isEmpty();
        assertThat(reasonToKeep(report)).startsWith("is in use by");
    }

    @Test
    void proves_anew_before_it_disables_that_nothing_uses_the_image() {
        cleanUp(fleet, BOTH);
        fleet.faults().onceBefore("DescribeLaunchTemplateVersions", () -> fleet.users()
                .instance("ami-old", "running"));

        assertThat(reasonToKeep(cleanUpAfter(FORTNIGHT.plusDays(1), fleet, BOTH)))
                .startsWith("is in use by");
        assertThat(fleet.faults().calls()).doesNotContain("DisableImage");
    }

    @Test
    void keeps_an_image_that_a_person_enabled_again() {
        cleanUp(fleet, DISABLING);
        fleet.has(fleet.image("ami-old").toBuilder().state("available").build());

        assertThat(reasonToKeep(cleanUpAfter(Duration.ofDays(99), fleet, BOTH)))
                .isEqualTo(
                        "was disabled at 2026-06-01T12:00:00Z and enabled again since, so it is wanted; take off its tag"
                                + " ami-bakery:disabled-at to let it go");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOTH", "DELETE"})
    void keeps_a_disabled_image_whose_date_cannot_be_read(String policy) {
        fleet.has(disabled("soon").build());

        assertThat(reasonToKeep(cleanUp(fleet, policy.equals("BOTH") ? BOTH : CleanUpBench.DELETE)))
                .isEqualTo(
                        "is disabled, and since when cannot be read from its tag ami-bakery:disabled-at, 'soon'; write an"
                                + " instant such as 2026-01-31T12:00:00Z to let it go");
    }

    @Test
    void deletes_a_disabled_image_at_once_where_no_grace_is_asked_for() {
        fleet.has(disabled(NOW.toString()).build());

        assertThat(cleanUp(fleet, DEPRECATING).deleted()).hasSize(1);
    }

    @Test
    void does_not_count_a_disabled_image_as_good() {
        fleet.hasBaked(ownImage("ami-older", 120).build());
        fleet.has(disabled(NOW.toString()).build());
        fleet.loses("ami-new");

        CleanUpImagesReport report = cleanUp(fleet, BOTH);

        assertThat(report.withdrawn()).isEmpty();
        assertThat(report.kept())
                .extracting(KeptImage::imageId, KeptImage::reason)
                .contains(tuple("ami-older", "is the newest good image"));
    }

    @Test
    void goes_on_where_a_run_died_between_disabling_and_the_date() {
        fleet.faults().onceBefore("CreateTags", () -> {
            throw new Faults.Killed();
        });
        assertThatThrownBy(() -> cleanUp(fleet, DISABLING)).isInstanceOf(Faults.Killed.class);
        assertThat(fleet.image("ami-old").stateAsString()).isEqualTo("disabled");

        assertThat(cleanUpAfter(Duration.ofDays(30), fleet, DISABLING).withdrawn())
                .containsExactly(old(WithdrawalStep.DISABLED, "2026-07-08T12:00:00Z"));
        assertThat(cleanUpAfter(Duration.ofDays(36), fleet, DISABLING).deleted())
                .isEmpty();
        assertThat(cleanUpAfter(Duration.ofDays(37), fleet, DISABLING).deleted())
                .hasSize(1);
    }

    @Test
    void each_step_uses_up_the_cap() {
        fleet.hasBaked(ownImage("ami-older", 120).build());

        CleanUpImagesReport report = cleanUp(fleet, capped(1));

        assertThat(report.withdrawn()).extracting(WithdrawnImage::imageId).containsExactly("ami-older");
        assertThat(reasonToKeep(report)).isEqualTo("must wait: this run's cap of 1 is reached");
    }

    @ParameterizedTest
    @CsvSource({
        "EnableImageDeprecation, UnauthorizedOperation, Allow ec2:EnableImageDeprecation to the function's role; the next"
                + " run tries again.",
        "EnableImageDeprecation, RequestLimitExceeded, The next run tries again.",
        "DisableImage, AccessDenied, Allow ec2:DisableImage to the function's role; the next run tries again.",
        "DisableImage, OperationNotPermitted, The next run tries again; look at it in the console if this lasts.",
        "CreateTags, Unavailable, The next run tries again.",
    })
    void a_refused_step_does_not_stop_the_next_image(String operation, String code, String advice) {
        fleet.hasBaked(ownImage("ami-older", 120).build());
        fleet.faults().answers(operation + " ami-older", code, "because");

        CleanUpImagesReport report = cleanUp(fleet, operation.startsWith("Enable") ? BOTH : DISABLING);

        assertThat(report.failed())
                .containsExactly(new FailedImage(
                        "ami-older",
                        code,
                        "EC2 answered " + code + " to " + operation + " of ami-older: because. " + advice));
        assertThat(report.withdrawn()).extracting(WithdrawnImage::imageId).containsExactly("ami-old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EnableImageDeprecation", "DisableImage", "CreateTags"})
    void a_lost_answer_uses_up_the_cap_and_the_next_run_goes_on(String operation) {
        CleanUpImagesRequest request = operation.startsWith("Enable") ? BOTH : DISABLING;
        fleet.faults().losesReplyOf(operation);

        CleanUpImagesReport report = cleanUp(fleet, request);
        assertThat(report.withdrawn()).isEmpty();
        assertThat(report.failed()).extracting(FailedImage::code).containsExactly("NoAnswer");

        fleet.faults().heals();
        cleanUpAfter(Duration.ofDays(1), fleet, request);
        cleanUpAfter(Duration.ofDays(40), fleet, request);
        cleanUpAfter(Duration.ofDays(60), fleet, request);
        assertThat(fleet.imageIds()).containsExactly("ami-new");
    }

    @ParameterizedTest
    @CsvSource({"EnableImageDeprecation, InvalidAMIID.NotFound", "DisableImage, InvalidAMIID.Unavailable"})
    void an_image_that_another_run_changed_meanwhile_is_left_to_the_next(String operation, String code) {
        fleet.faults().answers(operation, code, "gone");

        CleanUpImagesReport report = cleanUp(fleet, operation.startsWith("Enable") ? BOTH : DISABLING);

        assertThat(reasonToKeep(report)).isEqualTo(FamilyCleanUp.CHANGED);
        assertThat(report.failed()).isEmpty();
    }

    @Test
    void a_good_image_may_be_deprecated_while_older_ones_go() {
        fleet.faults()
                .onceBefore(
                        "DescribeInstances",
                        () -> fleet.has(ownImage("ami-new", 1)
                                .deprecationTime("2026-12-01T00:00:00Z")
                                .build()));

        assertThat(cleanUp(fleet).deleted()).hasSize(1);
    }

    private static CleanUpImagesRequest capped(int cap) {
        return new CleanUpImagesRequest(
                "bakery",
                "web",
                "eu-west-1",
                BOTH.olderThan(),
                1,
                cap,
                CleanUpMode.DELETE,
                Optional.empty(),
                BOTH.deprecateFor(),
                BOTH.disableFor(),
                Optional.empty());
    }

    private static Image.Builder disabled(String since) {
        Tag tag = Tag.builder().key(ReservedTags.DISABLED_AT).value(since).build();
        return ownImage("ami-old", 99)
                .state("disabled")
                .tags(Stream.concat(tags("bakery", "web", "good").stream(), Stream.of(tag))
                        .toList());
    }

    private static WithdrawnImage old(WithdrawalStep step, String until) {
        return new WithdrawnImage(
                "ami-old",
                "web-ami-old",
                NOW.minus(Duration.ofDays(99)),
                step,
                Instant.parse(until),
                "older than 30 days and unused");
    }

    private static String reasonToKeep(CleanUpImagesReport report) {
        return report.kept().stream()
                .filter(image -> image.imageId().equals("ami-old"))
                .map(KeptImage::reason)
                .findFirst()
                .orElse("was not kept");
    }
}
