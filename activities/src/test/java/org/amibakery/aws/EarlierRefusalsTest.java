package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.converter.DataConverter;
import org.amibakery.bake.BakeryJson;
import org.amibakery.failure.LastSighting;
import org.junit.jupiter.api.Test;

class EarlierRefusalsTest {
    @Test
    void what_an_attempt_leaves_explains_a_time_out() {
        DataConverter json = BakeryJson.dataConverter();
        var left = json.toPayload(new EarlierRefusals.Refused("RunInstances", "refused with VcpuLimitExceeded", 3))
                .orElseThrow();

        LastSighting seen = json.fromPayload(left, LastSighting.class, LastSighting.class);

        assertThat(seen).isEqualTo(new LastSighting("RunInstances", "refused with VcpuLimitExceeded"));
    }
}
