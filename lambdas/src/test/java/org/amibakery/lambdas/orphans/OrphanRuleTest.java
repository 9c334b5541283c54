package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrphanRuleTest {
    private static final BakeRun BAKE = new BakeRun("bake/web/eu-west-1", Optional.of("run-1"));

    @ParameterizedTest(name = "expires in {0}, bake {1} -> {2}")
    @CsvSource({
        "PT-1S, UNKNOWN, ORPHAN, expired at 2026-06-01T11:59:59Z",
        "PT-1S, RUNS,    ORPHAN, expired at 2026-06-01T11:59:59Z",
        "PT-1S, ENDED,   ORPHAN, expired at 2026-06-01T11:59:59Z",
        "PT0S,  UNKNOWN, KEPT,   is not expired before 2026-06-01T12:00:00Z",
        "PT1H,  UNKNOWN, KEPT,   is not expired before 2026-06-01T13:00:00Z",
        "PT1H,  RUNS,    KEPT,   'belongs to bake/web/eu-west-1, which runs'",
        "PT1H,  ENDED,   ORPHAN, 'was left by bake/web/eu-west-1, which has ended'",
        ",      UNKNOWN, KEPT,   'has no readable expiry, so it waits until its bake is known to have ended'",
        ",      RUNS,    KEPT,   'belongs to bake/web/eu-west-1, which runs'",
        ",      ENDED,   ORPHAN, 'was left by bake/web/eu-west-1, which has ended'",
    })
    void goes_by_expiry_or_by_the_end_of_the_bake(Duration until, BakeLife life, Ruling ruling, String reason) {
        Optional<Instant> expires = Optional.ofNullable(until).map(NOW::plus);

        assertThat(judge(life, resource(ResourceKind.INSTANCE, "i-1", expires, Optional.empty())))
                .singleElement()
                .satisfies(judgement -> {
                    assertThat(judgement.ruling()).isEqualTo(ruling);
                    assertThat(judgement.reason()).isEqualTo(reason);
                });
    }

    @ParameterizedTest
    @EnumSource(BakeLife.class)
    void a_good_image_stays_whatever_else_holds(BakeLife life) {
        assertThat(judge(life, resource(ResourceKind.IMAGE, "ami-1", Optional.of(Instant.EPOCH), Optional.of("good"))))
                .containsExactly(Judgement.kept(
                        resource(ResourceKind.IMAGE, "ami-1", Optional.of(Instant.EPOCH), Optional.of("good")),
                        "is tagged good, so retention decides about it"));
    }

    @Test
    void asks_of_each_bake_by_workflow_and_run() {
        List<BakeRun> asked = new ArrayList<>();
        OwnResource builder = resource(ResourceKind.INSTANCE, "i-1", Optional.empty(), Optional.empty());

        new OrphanRule(NOW, bake -> {
                    asked.add(bake);
                    return BakeLife.RUNS;
                })
                .judge(List.of(builder));

        assertThat(asked).containsExactly(BAKE);
    }

    @Test
    void judges_users_before_what_they_use_in_whatever_order_they_come() {
        Optional<Instant> past = Optional.of(Instant.EPOCH);
        OwnResource builder = resource(ResourceKind.INSTANCE, "i-1", past, Optional.empty());
        OwnResource image =
                resource(ResourceKind.IMAGE, "ami-1", past, Optional.empty()).usedBy(List.of("i-1"));
        OwnResource snapshot = resource(ResourceKind.SNAPSHOT, "snap-1", past, Optional.empty())
                .usedBy(List.of("ami-1"));

        assertThat(judge(BakeLife.UNKNOWN, snapshot, image, builder))
                .allMatch(Judgement::isOrphan)
                .extracting(Judgement::resource)
                .containsExactly(builder, image, snapshot);
    }

    @Test
    void one_user_that_stays_is_enough_to_stay() {
        Optional<Instant> past = Optional.of(Instant.EPOCH);
        OwnResource builder = resource(ResourceKind.INSTANCE, "i-1", past, Optional.empty());
        OwnResource image =
                resource(ResourceKind.IMAGE, "ami-1", past, Optional.empty()).usedBy(List.of("i-1", "i-stranger"));

        assertThat(judge(BakeLife.ENDED, builder, image).get(1))
                .isEqualTo(Judgement.kept(image, "is in use by i-stranger, which stays"));
    }

    private static List<Judgement> judge(BakeLife life, OwnResource... resources) {
        return new OrphanRule(NOW, bake -> life).judge(List.of(resources));
    }

    private static OwnResource resource(
            ResourceKind kind, String id, Optional<Instant> expires, Optional<String> state) {
        return new OwnResource(
                kind, "eu-west-1", id, "any", new BakeMarks(BAKE, expires, state), Optional.empty(), List.of());
    }
}
