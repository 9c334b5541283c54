package org.amibakery.recipe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes recipes that can be baked, unless a test says otherwise. */
final class RecipeSample {
    private String name = "web";
    private String region = "us-east-1";
    private Foundation foundation =
            new Foundation("al2023-ami-2023.*-x86_64", List.of("amazon"), Architecture.X86_64, false);
    private BuilderRecipe builder = new BuilderRecipe(List.of("t3.medium"), List.of(), RootVolume.DEFAULT);
    private Packages packages = new Packages(List.of("jq"));
    private List<Playbook> playbooks = List.of();
    private ImageRecipe image = ImageRecipe.DEFAULT;
    private RetentionPolicy retention = RetentionPolicy.DEFAULT;
    private FailurePolicy onFailure = FailurePolicy.TERMINATE;
    private Optional<String> account = Optional.empty();
    private Duration deadline = Recipe.DEFAULT_DEADLINE;

    Recipe build() {
        return new Recipe(
                name,
                Optional.of(new Region(region)),
                account,
                SystemFamily.AMAZON_LINUX,
                foundation,
                builder,
                packages,
                playbooks,
                image,
                retention,
                onFailure,
                deadline);
    }

    RecipeSample of(String anAccount) {
        account = Optional.of(anAccount);
        return this;
    }

    RecipeSample named(String another) {
        name = another;
        return this;
    }

    RecipeSample in(String another) {
        region = another;
        return this;
    }

    RecipeSample from(String pattern, String... owners) {
        foundation = new Foundation(pattern, List.of(owners), Architecture.X86_64, false);
        return this;
    }

    RecipeSample on(String... instanceTypes) {
        return with(new BuilderRecipe(List.of(instanceTypes), List.of(), RootVolume.DEFAULT));
    }

    RecipeSample with(BuilderRecipe another) {
        builder = another;
        return this;
    }

    RecipeSample with(ImageRecipe another) {
        image = another;
        return this;
    }

    RecipeSample installing(String... names) {
        packages = new Packages(List.of(names));
        return this;
    }

    RecipeSample running(Playbook... others) {
        playbooks = List.of(others);
        return this;
    }

    RecipeSample keeping(RetentionPolicy another) {
        retention = another;
        return this;
    }

    RecipeSample onFailure(FailurePolicy another) {
        onFailure = another;
        return this;
    }

    RecipeSample within(Duration another) {
        deadline = another;
        return this;
    }
}
