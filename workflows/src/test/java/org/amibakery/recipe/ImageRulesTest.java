package org.amibakery.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageRulesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"imageNames", "images"})
    void refused(String what, Recipe recipe, List<String> messages) {
        assertThat(RecipeValidator.problemsOf(recipe).stream()
                        .map(problem -> problem.pointer() + ": " + problem.message()))
                .containsExactlyElementsOf(messages);
    }

    @Test
    void an_image_with_everything_can_be_baked() {
        ImageRecipe image = anImage()
                .named("web/{region}/{recipe} ({timestamp})")
                .tagged(tags("team", "platform"))
                .inTheClear()
                .sharedWith("111122223333")
                .copiedTo("eu-west-1")
                .publishedAs("/ami-bakery/images/web")
                .deprecatedAfter(Duration.ofDays(90))
                .testedBy(new ImageTest(Optional.empty(), Optional.of("true")))
                .build();

        assertThat(RecipeValidator.problemsOf(new RecipeSample().with(image).build()))
                .isEmpty();
    }

    @Test
    void the_longest_name_still_makes_an_image_name_that_ec2_takes() {
        String longest = "a".repeat(63);

        assertThat(RecipeValidator.problemsOf(new RecipeSample().named(longest).build()))
                .isEmpty();
        assertThat(new ImageNameTemplate("{recipe}-{timestamp}")
                        .expand("web", new Region("us-east-1"), Instant.parse("2026-11-23T15:58:11.5Z")))
                .isEqualTo("web-2026-11-23T15-58-11Z");
    }

    static Stream<Arguments> imageNames() {
        return Stream.of(
                row(
                        "the same for all",
                        anImage().named("web"),
                        "/image/name: every image of the recipe would have the same name, and EC2 refuses the second;"
                                + " write {timestamp} somewhere in it, such as {recipe}-{timestamp}"),
                row(
                        "a placeholder nobody fills",
                        anImage().named("{name}-{timestamp}"),
                        "/image/name: {name} is no placeholder; write {recipe} or {region} or {timestamp}"),
                row(
                        "a colon",
                        anImage().named("web:{timestamp}"),
                        "/image/name: \"web:{timestamp}\" holds characters that EC2 allows in no image name;"
                                + " write letters, digits, spaces and ()[]./-'@_"),
                row(
                        "too long once filled in",
                        anImage().named("w".repeat(109) + "{timestamp}"),
                        "/image/name: the image's name would have 129 characters;"
                                + " write a name of 3 to 128, counted with its placeholders filled in"));
    }

    static Stream<Arguments> images() {
        Map<String, String> tooMany = new LinkedHashMap<>();
        IntStream.range(0, 40).forEach(i -> tooMany.put("key" + i, "value"));
        return Stream.of(
                row(
                        "reserved tags",
                        anImage().tagged(tags("AMI-Bakery:stack", "x", "aws:a/b", "y", "Name", "z", " ", "")),
                        "/image/tags/AMI-Bakery:stack: tags beginning with ami-bakery: are the bakery's own;"
                                + " choose another key",
                        "/image/tags/aws:a~1b: tags beginning with aws: are reserved by AWS; choose another key",
                        "/image/tags/Name: the tag Name is the image's own name; write it as image.name",
                        "/image/tags/ : a tag's key has 0 characters; write a key of 1 to 128"),
                row(
                        "tags too long",
                        anImage().tagged(tags("k".repeat(129), "v", "key", "v".repeat(257))),
                        "/image/tags/" + "k".repeat(129) + ": a tag's key has 129 characters; write a key of 1 to 128",
                        "/image/tags/key: the value of tag key has 257 characters; write at most 256"),
                row(
                        "tags too many",
                        anImage().tagged(tooMany),
                        "/image/tags: 40 tags are too many: EC2 takes 50, and eleven are the bakery's own;"
                                + " write at most 39"),
                row(
                        "shared with everybody and somebody",
                        anImage().inTheClear().sharedWith("all", "platform"),
                        "/image/shareWith/0: \"all\" would publish the image to everybody with an AWS account;"
                                + " write the 12-digit ids of the accounts that may launch it",
                        "/image/shareWith/1: \"platform\" is no account id; write its 12 digits in quotes"),
                row(
                        "shared though encrypted",
                        anImage().sharedWith("111122223333"),
                        "/image/shareWith: the image is encrypted with the account's own EBS key, which no other account"
                                + " can be given; write encrypt: false, or leave shareWith out"),
                row(
                        "copied to where it is",
                        anImage().copiedTo("us-east-1", "eu-west-1", "eu-west-1"),
                        "/image/copyTo/0: the image is baked in us-east-1 already; name other regions only",
                        "/image/copyTo/2: \"eu-west-1\" is named twice; name it once"),
                row(
                        "published over the configuration",
                        anImage().publishedAs("/ami-bakery/web/config"),
                        "/image/parameter: /ami-bakery/web/config holds the configuration of an installation;"
                                + " write another name, such as /ami-bakery/images/web"),
                row(
                        "published where AWS publishes",
                        anImage().publishedAs("/aws/service/web"),
                        "/image/parameter: \"/aws/service/web\" is no name of an SSM parameter;"
                                + " write a path such as /ami-bakery/images/web, not under /aws or /ssm"),
                row(
                        "deprecated never",
                        anImage().deprecatedAfter(Duration.ofDays(3_651)),
                        "/image/deprecateAfter: EC2 deprecates no image 3651d after its creation;"
                                + " write a duration of up to 3650d, such as 90d"),
                row(
                        "two tests",
                        anImage().testedBy(new ImageTest(Optional.of("check"), Optional.of("true"))),
                        "/image/test: a test runs a document or a command, and both are named;"
                                + " write one of them, such as command: ansible --version"),
                row(
                        "no test",
                        anImage().testedBy(new ImageTest(Optional.empty(), Optional.empty())),
                        "/image/test: neither a document nor a command is named;"
                                + " write one of them, such as command: ansible --version"));
    }

    private static Arguments row(String what, ImageRecipeSample image, String... messages) {
        return arguments(what, new RecipeSample().with(image.build()).build(), List.of(messages));
    }

    private static ImageRecipeSample anImage() {
        return new ImageRecipeSample();
    }

    private static Map<String, String> tags(String... keysAndValues) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tags.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return tags;
    }
}
