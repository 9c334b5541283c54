package org.amibakery.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.amibakery.bake.BakeryJson;
import org.junit.jupiter.api.Test;

class DiscardImageTest {
    @Test
    void of_an_older_history_names_no_run() throws JsonProcessingException {
        String older = "{\"region\":\"us-east-1\",\"name\":\"web\",\"bake\":\"bake/web\",\"id\":\"ami-1\"}";

        DiscardImage read = BakeryJson.mapper().readValue(older, DiscardImage.class);

        assertThat(read.run()).isEmpty();
        assertThat(read.id()).isPresent();
    }
}
