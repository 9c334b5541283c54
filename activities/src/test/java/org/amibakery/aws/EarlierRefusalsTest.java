package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.aws.EarlierRefusals.Refused;
import org.amibakery.bake.BakeryJson;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Failures;
import org.amibakery.failure.LastSighting;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.junit.jupiter.api.Test;

class EarlierRefusalsTest {
    @Test
    void what_an_attempt_leaves_explains_a_time_out() {
        DataConverter json = BakeryJson.dataConverter();
        var left = json.toPayload(new Refused(
                        "RunInstances", "refused with VcpuLimitExceeded", 3, true, Optional.of(Instant.EPOCH)))
                .orElseThrow();

        LastSighting seen = json.fromPayload(left, LastSighting.class, LastSighting.class);

        assertThat(seen).isEqualTo(new LastSighting("RunInstances", "refused with VcpuLimitExceeded"));
    }

    @Test
    void what_a_version_left_that_told_no_time_still_counts() throws JsonProcessingException {
        Refused left = BakeryJson.mapper()
                .readValue("{\"id\":\"RunInstances\",\"state\":\"refused\",\"count\":3}", Refused.class);

        assertThat(left).isEqualTo(new Refused("RunInstances", "refused", 3, true, Optional.empty()));
    }

    @Test
    void a_refusal_after_an_attempt_of_unknown_outcome_is_never_settled_though_worth_another_try() {
        Refusal told = refusalAfter(new Refused("RunInstances", "no answer", 0, false, Optional.empty()));

        assertThat(told.reaction()).isEqualTo(Reaction.RETRY_SLOWLY);
        assertThat(told.unsettled()).isTrue();
    }

    /** What the workflow hears when there is no time for another attempt. */
    private static Refusal refusalAfter(Refused left) {
        TestActivityEnvironment temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(BakeryJson.dataConverter())
                        .build())
                .build());
        try {
            temporal.registerActivitiesImplementations(new RefusedCreating());
            temporal.setHeartbeatDetails(left);
            Creating creating = temporal.newActivityStub(
                    Creating.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .build());
            ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, creating::create);
            return Failures.refusal(failure).orElseThrow();
        } finally {
            temporal.close();
        }
    }

    /** Makes something that costs money. */
    @ActivityInterface
    public interface Creating {
        /** Makes it. */
        void create();
    }

    /** Is told that a quota is used up. */
    public static final class RefusedCreating implements Creating {
        @Override
        public void create() {
            EarlierRefusals earlier = EarlierRefusals.ofThisActivity();
            throw earlier.settle(Refusals.failure(
                    new Refusal("RunInstances", "VcpuLimitExceeded", Reaction.RETRY_SLOWLY, Blame.ACCOUNT_OWNER),
                    "The quota is used up"));
        }
    }
}
