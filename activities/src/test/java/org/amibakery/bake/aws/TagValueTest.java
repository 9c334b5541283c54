package org.amibakery.bake.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagValueTest {
    @Test
    void what_fits_is_written_out() {
        assertThat(TagValue.of(List.of())).isEmpty();
        assertThat(TagValue.of(List.of("a@1:aa", "b@2:bb"))).isEqualTo("a@1:aa b@2:bb");
    }

    @Test
    void what_does_not_fit_differs_still_when_any_entry_does() {
        List<String> many = IntStream.range(0, 30)
                .mapToObj("playbook-%d.zip@1:aa"::formatted)
                .toList();
        List<String> lastDiffers = IntStream.range(0, 30)
                .mapToObj(number -> "playbook-%d.zip@%d:aa".formatted(number, number == 29 ? 2 : 1))
                .toList();

        assertThat(TagValue.of(many)).hasSizeLessThanOrEqualTo(256).startsWith("playbook-0.zip@1:aa ");
        assertThat(TagValue.of(lastDiffers)).isNotEqualTo(TagValue.of(many));
        assertThat(TagValue.of(List.copyOf(many))).isEqualTo(TagValue.of(many));
    }
}
