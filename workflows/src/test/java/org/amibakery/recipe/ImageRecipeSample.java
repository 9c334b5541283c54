package org.amibakery.recipe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the image's part of recipes, good unless a test says otherwise. */
final class ImageRecipeSample {
    private String name = ImageRecipe.DEFAULT_NAME;
    private Map<String, String> tags = Map.of();
    private boolean encrypt = true;
    private List<String> shareWith = List.of();
    private List<Region> copyTo = List.of();
    private Optional<String> parameter = Optional.empty();
    private Optional<Duration> deprecateAfter = Optional.empty();
    private Optional<ImageTest> test = Optional.empty();

    ImageRecipe build() {
        return new ImageRecipe(name, tags, encrypt, shareWith, copyTo, parameter, deprecateAfter, test);
    }

    ImageRecipeSample named(String another) {
        name = another;
        return this;
    }

    ImageRecipeSample tagged(Map<String, String> others) {
        tags = others;
        return this;
    }

    ImageRecipeSample inTheClear() {
        encrypt = false;
        return this;
    }

    ImageRecipeSample sharedWith(String... accounts) {
        shareWith = List.of(accounts);
        return this;
    }

    ImageRecipeSample copiedTo(String... regions) {
        copyTo = Stream.of(regions).map(Region::new).toList();
        return this;
    }

    ImageRecipeSample publishedAs(String another) {
        parameter = Optional.of(another);
        return this;
    }

    ImageRecipeSample deprecatedAfter(Duration another) {
        deprecateAfter = Optional.of(another);
        return this;
    }

    ImageRecipeSample testedBy(ImageTest another) {
        test = Optional.of(another);
        return this;
    }
}
