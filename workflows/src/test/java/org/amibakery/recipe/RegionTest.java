package org.amibakery.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.amibakery.bake.BakeryJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"eu-west-1\"", "\"eu-west-1@222233334444\""})
    void is_a_text_as_json(String json) throws JsonProcessingException {
        Region region = BakeryJson.mapper().readValue(json, Region.class);

        assertThat(region.name()).isEqualTo("eu-west-1");
        assertThat(BakeryJson.mapper().writeValueAsString(region)).isEqualTo(json);
    }

    @Test
    void has_siblings_in_its_own_account_only() {
        assertThat(new Region("eu-west-1", Optional.of("222233334444")).sibling("us-east-1"))
                .isEqualTo(new Region("us-east-1@222233334444"))
                .isNotEqualTo(new Region("us-east-1"));
    }
}
