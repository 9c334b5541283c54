package org.amibakery.temporal;

import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_INT;
import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
import static io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownSearchAttributesTest {
    @Test
    void writes_those_of_ours_that_are_keywords_and_no_others() {
        assertThat(KnownSearchAttributes.usable(Map.of(
                        "BakeryRecipe", INDEXED_VALUE_TYPE_KEYWORD,
                        "BakeryStep", INDEXED_VALUE_TYPE_TEXT,
                        "BakeryImage", INDEXED_VALUE_TYPE_INT,
                        "BakeryBuilder", INDEXED_VALUE_TYPE_KEYWORD,
                        "SomebodysElse", INDEXED_VALUE_TYPE_KEYWORD)))
                .containsExactly("BakeryRecipe", "BakeryBuilder");
    }

    @Test
    void writes_none_where_none_is_registered() {
        assertThat(KnownSearchAttributes.usable(Map.of())).isEmpty();
    }
}
