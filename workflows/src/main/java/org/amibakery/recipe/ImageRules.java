package org.amibakery.recipe;

import static org.amibakery.recipe.RecipeProblems.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what EC2 or SSM would refuse of an image once it is baked, hours after the bake began. */
final class ImageRules {
    private static final String NAME_AT = "/image/name";
    private static final String SHARE_AT = "/image/shareWith";

    // CreateImage, Name: 3-128 of these characters
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./\\-'@_]*");
    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_RECIPE_NAME = 63;
    private static final Region LONGEST_REGION = new Region("ap-southeast-2");

    // PutParameter, Name: up to 15 levels; aws and ssm are AWS's own roots
    private static final Pattern PARAMETER = Pattern.compile("(?!/(?i:aws|ssm))(/[A-Za-z0-9_.-]+){1,15}");
    private static final Pattern CONFIGURATION = Pattern.compile("/ami-bakery/[^/]+/config");
    private static final int LONGEST_PARAMETER = 1011;
    // SendCommand, DocumentName: a name or an ARN
    private static final Pattern DOCUMENT = Pattern.compile("[a-zA-Z0-9_.:/-]{3,200}");
    private static final Duration LONGEST_DEPRECATION = Duration.ofDays(3_650);

    private final RecipeProblems problems;

    ImageRules(RecipeProblems problems) {
        this.problems = problems;
    }

    void check(Recipe recipe) {
        ImageRecipe image = recipe.image();
        checkName(recipe);
        new TagRules(problems).check(image.tags());
        checkSharing(image);
        checkCopies(image.copyTo(), recipe.region());
        image.parameter().ifPresent(this::checkParameter);
        image.deprecateAfter().ifPresent(this::checkDeprecation);
        image.test().ifPresent(this::checkTest);
    }

    private void checkName(Recipe recipe) {
        ImageNameTemplate template = new ImageNameTemplate(recipe.image().name());
        List<String> unknown = template.unknownPlaceholders();
        // a wrong recipe name is complained of elsewhere: here only its length counts
        String standIn = "r".repeat(Math.min(recipe.name().length(), LONGEST_RECIPE_NAME));
        String name = template.expand(standIn, recipe.region().orElse(LONGEST_REGION), Instant.EPOCH);
        if (!unknown.isEmpty()) {
            problems.add(
                    NAME_AT,
                    "%s is no placeholder".formatted(unknown.get(0)),
                    "write " + String.join(" or ", ImageNameTemplate.PLACEHOLDERS));
        } else if (!NAME.matcher(name).matches()) {
            problems.add(
                    NAME_AT,
                    "\"%s\" holds characters that EC2 allows in no image name".formatted(template.text()),
                    "write letters, digits, spaces and ()[]./-'@_");
        } else if (name.length() < SHORTEST_NAME || name.length() > LONGEST_NAME) {
            problems.add(
                    NAME_AT,
                    "the image's name would have %d characters".formatted(name.length()),
                    "write a name of 3 to 128, counted with its placeholders filled in");
        }
        if (!template.text().contains(ImageNameTemplate.TIMESTAMP)) {
            problems.add(
                    NAME_AT,
                    "every image of the recipe would have the same name, and EC2 refuses the second",
                    "write {timestamp} somewhere in it, such as " + ImageRecipe.DEFAULT_NAME);
        }
    }

    private void checkSharing(ImageRecipe image) {
        List<String> accounts = image.shareWith();
        for (int i = 0; i < accounts.size(); i++) {
            String account = accounts.get(i);
            if (account.equals("all")) {
                problems.add(
                        entry(SHARE_AT, i),
                        "\"all\" would publish the image to everybody with an AWS account",
                        "write the 12-digit ids of the accounts that may launch it");
            } else if (!RecipeProblems.ACCOUNT.matcher(account).matches()) {
                problems.add(
                        entry(SHARE_AT, i),
                        "\"%s\" is no account id".formatted(account),
                        "write its 12 digits in quotes");
            }
        }
        problems.checkNamedOnce(SHARE_AT, accounts);
        // EBS user guide, "share an Amazon EBS snapshot": the default key aws/ebs cannot be shared
        if (!accounts.isEmpty() && image.encrypt()) {
            problems.add(
                    SHARE_AT,
                    "the image is encrypted with the account's own EBS key, which no other account can be given",
                    "write encrypt: false, or leave shareWith out");
        }
    }

    private void checkCopies(List<Region> regions, Optional<Region> home) {
        for (int i = 0; i < regions.size(); i++) {
            String pointer = entry("/image/copyTo", i);
            Region region = regions.get(i);
            problems.checkRegion(pointer, region);
            if (home.filter(region::equals).isPresent()) {
                problems.add(pointer, "the image is baked in %s already".formatted(region), "name other regions only");
            }
        }
        problems.checkNamedOnce(
                "/image/copyTo", regions.stream().map(Region::name).toList());
    }

    private void checkParameter(String name) {
        if (CONFIGURATION.matcher(name).matches()) {
            problems.add(
                    "/image/parameter",
                    "%s holds the configuration of an installation".formatted(name),
                    "write another name, such as /ami-bakery/images/web");
        } else if (!PARAMETER.matcher(name).matches() || name.length() > LONGEST_PARAMETER) {
            problems.add(
                    "/image/parameter",
                    "\"%s\" is no name of an SSM parameter".formatted(name),
                    "write a path such as /ami-bakery/images/web, not under /aws or /ssm");
        }
    }

    private void checkDeprecation(Duration after) {
        // EnableImageDeprecation, DeprecateAt: not past, at most ten years ahead
        if (after.isNegative() || after.isZero() || after.compareTo(LONGEST_DEPRECATION) > 0) {
            problems.add(
                    "/image/deprecateAfter",
                    "EC2 deprecates no image %s after its creation".formatted(Durations.text(after)),
                    "write a duration of up to 3650d, such as 90d");
        }
    }

    private void checkTest(ImageTest test) {
        if (test.document().isPresent() == test.command().isPresent()) {
            problems.add(
                    "/image/test",
                    test.document().isPresent()
                            ? "a test runs a document or a command, and both are named"
                            : "neither a document nor a command is named",
                    "write one of them, such as command: ansible --version");
        }
        test.document()
                .filter(name -> !DOCUMENT.matcher(name).matches())
                .ifPresent(name -> problems.add(
                        "/image/test/document",
                        "\"%s\" is no name of an SSM document".formatted(name),
                        "write its name or its ARN"));
        test.command()
                .filter(String::isBlank)
                .ifPresent(blank -> problems.add(
                        "/image/test/command", "the command is empty", "write one, such as ansible --version"));
    }
}
