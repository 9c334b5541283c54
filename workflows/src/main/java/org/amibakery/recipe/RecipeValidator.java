package org.amibakery.recipe;

import static org.amibakery.recipe.RecipeProblems.entry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds everything in a recipe that AWS or a bake would refuse, before anything is created.
 *
 * <p>The rules may change from release to release, so they are applied at the edge (commands, the first activity of
 * a bake) and never while history is replayed.
 */
public final class RecipeValidator {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");
    private static final Duration SHORTEST_DEADLINE = Duration.ofMinutes(15);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(7);
    private static final Duration LONGEST_HOLD = Duration.ofHours(24);
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);
    private static final Duration SHORTEST_GRACE = Duration.ofHours(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(3_650);
    private static final int MOST_KEPT = 1_000;

    private final Recipe recipe;
    private final RecipeProblems problems = new RecipeProblems();

    private RecipeValidator(Recipe recipe) {
        this.recipe = recipe;
    }

    /** Finds every problem of a recipe, in the order of the recipe's parts; none means it can be baked. */
    public static List<RecipeProblem> problemsOf(Recipe recipe) {
        return new RecipeValidator(recipe).check();
    }

    private List<RecipeProblem> check() {
        checkName();
        recipe.region().ifPresent(region -> problems.checkRegion("/region", region));
        recipe.account().ifPresent(this::checkAccount);
        new FoundationRules(problems).check(recipe.foundation());
        new BuilderRules(problems).check(recipe.builder(), recipe.foundation().architecture());
        new ContentRules(problems).check(recipe);
        new ImageRules(problems).check(recipe);
        checkRetention();
        checkHold();
        checkDeadline();
        return problems.all();
    }

    /** Workflow ids ({@code bake/<recipe>/<region>}), image names and tags are all made of it. */
    private void checkName() {
        if (NAME.matcher(recipe.name()).matches()) {
            return;
        }
        String kebab = recipe.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String example = NAME.matcher(kebab).matches() ? kebab : "amazon-linux-2023-base";
        problems.add(
                "/name",
                "\"%s\" is no recipe name".formatted(recipe.name()),
                "write 2 to 63 small letters, digits and dashes, such as " + example);
    }

    private void checkAccount(String account) {
        if (!RecipeProblems.ACCOUNT.matcher(account).matches()) {
            problems.add(
                    "/account",
                    "\"%s\" is no AWS account".formatted(account),
                    "write the account's 12 digits, in quotes");
        }
    }

    private void checkRetention() {
        RetentionPolicy retention = recipe.retention();
        if (retention.olderThan().compareTo(SHORTEST_RETENTION) < 0) {
            problems.add(
                    entry("/retention", "olderThan"),
                    "images would be deleted %s after they were made".formatted(Durations.text(retention.olderThan())),
                    "write at least 1d");
        }
        if (retention.keepAtLeast() < 1) {
            problems.add(
                    entry("/retention", "keepAtLeast"),
                    "keeping %d images would delete the newest one too".formatted(retention.keepAtLeast()),
                    "write at least 1");
        } else if (retention.keepAtLeast() > MOST_KEPT) {
            problems.add(
                    entry("/retention", "keepAtLeast"),
                    "keeping %d images is more than retention can look after".formatted(retention.keepAtLeast()),
                    "write at most " + MOST_KEPT);
        }
        retention.deprecateFor().ifPresent(grace -> checkGrace("deprecateFor", "deprecated", grace));
        retention.disableFor().ifPresent(grace -> checkGrace("disableFor", "disabled", grace));
    }

    private void checkGrace(String key, String state, Duration grace) {
        if (grace.compareTo(SHORTEST_GRACE) < 0) {
            problems.add(
                    entry("/retention", key),
                    "nobody would notice that an image was %s for %s".formatted(state, Durations.text(grace)),
                    "write at least 1h, or leave it out");
        } else if (grace.compareTo(LONGEST_GRACE) > 0) {
            problems.add(
                    entry("/retention", key),
                    "old images would stay %s, and be paid for, for %s".formatted(state, Durations.text(grace)),
                    "write at most 3650d");
        }
    }

    private void checkHold() {
        recipe.onFailure().hold().ifPresent(hold -> {
            if (hold.isNegative() || hold.isZero()) {
                problems.add("/onFailure", "a failed builder would be held for no time", "write terminate");
            } else if (hold.compareTo(LONGEST_HOLD) > 0) {
                problems.add(
                        "/onFailure",
                        "a failed builder would be held, and paid for, for " + Durations.text(hold),
                        "write at most hold-24h");
            }
        });
    }

    private void checkDeadline() {
        if (recipe.deadline().compareTo(SHORTEST_DEADLINE) < 0) {
            problems.add(
                    "/deadline",
                    "no bake ends within " + Durations.text(recipe.deadline()),
                    "write at least 15m; image creation alone may take hours, so 4h is the default");
        } else if (recipe.deadline().compareTo(LONGEST_DEADLINE) > 0) {
            problems.add(
                    "/deadline",
                    "a bake that hangs would keep its builder for " + Durations.text(recipe.deadline()),
                    "write at most 7d");
        }
    }
}
