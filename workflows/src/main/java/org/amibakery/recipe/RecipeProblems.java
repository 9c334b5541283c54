package org.amibakery.recipe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what is wrong with a recipe, and holds the rules that several parts of it share. */
final class RecipeProblems {
    static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern ZONE = Pattern.compile("(?<region>[a-z]{2}(-[a-z]+)+-[0-9]{1,2})[a-z]");

    private final List<RecipeProblem> found = new ArrayList<>();

    void add(String pointer, String problem, String remedy) {
        found.add(new RecipeProblem(pointer, problem, remedy));
    }

    void checkRegion(String pointer, Region region) {
        if (REGION.matcher(region.text()).matches()) { // an account is named apart from its region
            return;
        }
        var zone = ZONE.matcher(region.text());
        String remedy = zone.matches()
                ? "write %s, without the letter of the zone".formatted(zone.group("region"))
                : "write a region's code, such as eu-west-1";
        add(pointer, "\"%s\" is no AWS region".formatted(region.text()), remedy);
    }

    void checkNamedOnce(String pointer, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                add(entry(pointer, i), "\"%s\" is named twice".formatted(names.get(i)), "name it once");
            }
        }
    }

    List<RecipeProblem> all() {
        return List.copyOf(found);
    }

    static String entry(String pointer, int index) {
        return pointer + "/" + index;
    }

    static String entry(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
