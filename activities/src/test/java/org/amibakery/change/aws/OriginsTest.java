package org.amibakery.change.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    @Test
    void the_same_values_do_not_differ() {
        assertThat(new Origins("playbook", "a.zip@1:aa b.zip@2:bb").differencesFrom("a.zip@1:aa b.zip@2:bb"))
                .isEmpty();
        assertThat(new Origins("playbook", "").differencesFrom("")).isEmpty();
    }

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource({
        "a.zip@2:bb, a.zip@1:aa, playbook a.zip has version 2 (was 1)",
        "a.zip@1:bb, a.zip@1:aa, playbook a.zip has version 1 (was 1)",
        "b.zip@1:aa, a.zip@1:aa, playbook b.zip was not used before",
        "a.zip@1:aa, a.zip@1:aa b.zip@1:bb, the playbooks changed",
        "a.zip@1:aa b.zip@1:bb, b.zip@1:bb a.zip@1:aa, the playbooks changed",
        "a.zip@1:aa ... all:01, a.zip@1:aa ... all:02, the playbooks changed",
        "a b.zip@2:aa, a b.zip@1:aa, playbook b.zip has version 2 (was 1)",
        "a.zip@?:, a.zip@?:, the version of playbook a.zip could not be read",
    })
    void whatever_differs_or_is_unknown_is_told(String now, String before, String reason) {
        assertThat(new Origins("playbook", now).differencesFrom(before)).containsExactly(reason);
    }
}
