package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.temporal.common.converter.DataConverter;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.bake.BakeryJson;
import org.amibakery.failure.LastSighting;
import org.junit.jupiter.api.Test;

class EarlierRefusalsTest {
    @Test
    void what_an_attempt_leaves_explains_a_time_out() {
        DataConverter json = BakeryJson.dataConverter();
        var left = json.toPayload(new EarlierRefusals.Refused(
                        "RunInstances", "refused with VcpuLimitExceeded", 3, Optional.of(Instant.EPOCH)))
                .orElseThrow();

        LastSighting seen = json.fromPayload(left, LastSighting.class, LastSighting.class);

        assertThat(seen).isEqualTo(new LastSighting("RunInstances", "refused with VcpuLimitExceeded"));
    }

    @Test
    void what_a_version_left_that_told_no_time_still_counts() throws JsonProcessingException {
        EarlierRefusals.Refused left = BakeryJson.mapper()
                .readValue(
                        "{\"id\":\"RunInstances\",\"state\":\"refused\",\"count\":3}", EarlierRefusals.Refused.class);

        assertThat(left).isEqualTo(new EarlierRefusals.Refused("RunInstances", "refused", 3, Optional.empty()));
    }
}
