package org.amibakery.authored;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("name", "region", "instanceTypes", "onFailure", "deadline");

    @ParameterizedTest
    @CsvSource({
        "instanceType, instanceTypes",
        "instance_types, instanceTypes",
        "INSTANCETYPES, instanceTypes",
        "regoin, region",
        "dealine, deadline",
        "nam, name",
        "onfail, onFailure"
    })
    void slips_are_understood(String written, String meant) {
        assertThat(NearestName.to(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"zebra", "x", "volume", "''"})
    void what_is_too_different_is_not_guessed(String written) {
        assertThat(NearestName.to(written, KNOWN)).isEmpty();
    }

    @Test
    void nothing_is_near_when_nothing_is_known() {
        assertThat(NearestName.to("name", List.of())).isEmpty();
    }
}
