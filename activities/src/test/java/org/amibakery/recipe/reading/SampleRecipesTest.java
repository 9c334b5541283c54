package org.amibakery.recipe.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.amibakery.recipe.FailurePolicy;
import org.amibakery.recipe.RetentionPolicy;
import org.amibakery.recipe.SystemFamily;
import org.amibakery.recipe.VolumeSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRecipesTest {
    private static final Path RECIPES = Path.of("..", "recipes");

    private final RecipeReader reader = new RecipeReader();

    @ParameterizedTest
    @CsvSource({
        "amazon-linux-2023.yaml, amazon-linux-2023-base, AMAZON_LINUX, amazon",
        "ubuntu-24.04.yaml, ubuntu-24-04-base, UBUNTU, 099720109477",
        "debian-12.yaml, debian-12-base, DEBIAN, 136693071363"
    })
    void every_sample_can_be_baked(String file, String name, SystemFamily system, String owner) {
        var recipe = reader.read(RECIPES.resolve(file)).recipe();

        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe.system()).isEqualTo(system);
        assertThat(recipe.foundation().owners()).containsExactly(owner);
        assertThat(recipe.playbooks()).singleElement().satisfies(playbook -> assertThat(playbook.variables())
                .containsEntry("timezone", "Etc/UTC"));
    }

    @Test
    void values_with_units_are_read() {
        var recipe = reader.read(RECIPES.resolve("amazon-linux-2023.yaml")).recipe();

        assertThat(recipe.builder().rootVolume().size()).contains(new VolumeSize(12));
        assertThat(recipe.deadline()).isEqualTo(Duration.ofHours(4));
        assertThat(recipe.retention()).isEqualTo(RetentionPolicy.DEFAULT);
        assertThat(recipe.onFailure()).isEqualTo(FailurePolicy.TERMINATE);
    }
}
