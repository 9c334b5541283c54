package org.amibakery.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.nio.charset.StandardCharsets;
import org.amibakery.bake.BakeryJson;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final Refusal SETTLED =
            new Refusal("RunInstances", "Unsupported", Reaction.NEXT_CANDIDATE, Blame.AWS);

    @Test
    void of_an_older_history_is_settled() {
        String older = "{\"operation\":\"RunInstances\",\"code\":\"Unsupported\",\"reaction\":\"NEXT_CANDIDATE\","
                + "\"blame\":\"AWS\"}";

        assertThat(read(older)).isEqualTo(SETTLED);
    }

    @Test
    void says_after_a_journey_through_history_that_it_is_unsettled() {
        Payload written = BakeryJson.dataConverter()
                .toPayload(SETTLED.afterUnknownOutcome())
                .orElseThrow();

        assertThat(read(written.getData().toString(StandardCharsets.UTF_8)).unsettled())
                .isTrue();
    }

    private static Refusal read(String json) {
        Payload payload = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(json))
                .build();
        return BakeryJson.dataConverter().fromPayload(payload, Refusal.class, Refusal.class);
    }
}
