package org.amibakery.recipe;

import static org.amibakery.recipe.RecipeProblems.entry;

import java.util.List;
import java.util.regex.Pattern;

/** Finds packages and playbooks that a builder could not install or would not trust. */
final class ContentRules {
    private static final String PACKAGES_AT = "/packages/install";

    // these patterns are those of the SSM documents that take the values
    private static final Pattern DNF_PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]*");
    private static final Pattern APT_PACKAGE = Pattern.compile("[a-z0-9]([a-z0-9+.-]*[a-z0-9+])?");
    private static final Pattern SOURCE = Pattern.compile(
            "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9_][A-Za-z0-9_./=+@-]{0,900}\\.(zip|tar\\.gz|tgz)");
    private static final Pattern PLAYBOOK =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*\\.ya?ml");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final RecipeProblems problems;

    ContentRules(RecipeProblems problems) {
        this.problems = problems;
    }

    void check(Recipe recipe) {
        checkPackages(recipe.packages().install(), recipe.system());
        for (int i = 0; i < recipe.playbooks().size(); i++) {
            checkPlaybook(entry("/playbooks", i), recipe.playbooks().get(i));
        }
    }

    private void checkPackages(List<String> names, SystemFamily system) {
        Pattern name =
                switch (system) {
                    case AMAZON_LINUX -> DNF_PACKAGE;
                    case UBUNTU, DEBIAN -> APT_PACKAGE;
                };
        for (int i = 0; i < names.size(); i++) {
            if (!name.matcher(names.get(i)).matches()) {
                problems.add(
                        entry(PACKAGES_AT, i),
                        "\"%s\" is no package name of %s".formatted(names.get(i), system.text()),
                        "write a bare name such as jq, one an entry, without version or option");
            }
        }
        problems.checkNamedOnce(PACKAGES_AT, names);
    }

    private void checkPlaybook(String pointer, Playbook playbook) {
        if (!SOURCE.matcher(playbook.source()).matches()) {
            problems.add(
                    entry(pointer, "source"),
                    "\"%s\" is no playbook archive on S3".formatted(playbook.source()),
                    "write s3://BUCKET/KEY, where the key ends in .zip, .tar.gz or .tgz");
        }
        if (!PLAYBOOK.matcher(playbook.playbook()).matches()) {
            problems.add(
                    entry(pointer, "playbook"),
                    "\"%s\" is no path of a playbook inside the archive".formatted(playbook.playbook()),
                    "write a relative path without .., such as site.yml or playbooks/site.yml");
        }
        for (String variable : playbook.variables().keySet()) {
            if (!VARIABLE.matcher(variable).matches()) {
                problems.add(
                        entry(entry(pointer, "variables"), variable),
                        "Ansible takes no variable named \"%s\"".formatted(variable),
                        "write letters, digits and underscores, not beginning with a digit");
            }
        }
    }
}
