package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionNameTest {
    private static final String TAKEN_BY_STS = "[\\w+=,.@-]{2,64}";

    @ParameterizedTest
    @CsvSource({
        "bake/web/eu-west-1, bake.web.eu-west-1",
        "reaper/ami-bakery-workflow-2026-11-29T07:15:00Z, reaper.ami-bakery-workflow-2026-11-29T07.15.00Z",
        "x, ami-bakery"
    })
    void is_the_workflows_id_as_far_as_sts_takes_it(String workflowId, String name) {
        assertThat(SessionName.of(workflowId)).isEqualTo(name).matches(TAKEN_BY_STS);
    }

    @Test
    void tells_long_ids_apart() {
        String family = "bake/" + "a".repeat(63);

        assertThat(SessionName.of(family + "/eu-west-1"))
                .matches(TAKEN_BY_STS)
                .startsWith("bake.aaa")
                .isNotEqualTo(SessionName.of(family + "/us-east-1"));
    }

    @Test
    void is_the_workers_outside_of_activities() {
        assertThat(SessionName.current()).isEqualTo("ami-bakery");
    }
}
