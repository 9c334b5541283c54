package org.amibakery.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.amibakery.bake.BakeryJson;
import org.junit.jupiter.api.Test;

class RetentionReportTest {
    @Test
    void of_an_older_history_counts_those_it_names() throws JsonProcessingException {
        String older = "{\"deleted\":[],\"kept\":[{\"id\":\"ami-1\",\"name\":\"web-1\",\"reason\":\"in use\"}],"
                + "\"failed\":[],\"continuation\":null}";

        RetentionReport report = BakeryJson.mapper().readValue(older, RetentionReport.class);

        assertThat(report.keptCount()).isEqualTo(1);
        assertThat(report.withdrawn()).isEmpty();
    }
}
