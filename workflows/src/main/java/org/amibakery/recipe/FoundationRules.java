package org.amibakery.recipe;

import static org.amibakery.recipe.RecipeProblems.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds what would let a bake start from no image, or from a stranger's. */
final class FoundationRules {
    private static final String NAME_AT = "/foundation/name";
    private static final String OWNERS_AT = "/foundation/owners";
    private static final int FEWEST_LITERALS = 3;

    // the characters of CreateImage's Name, and the wildcards of DescribeImages' filters
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./\\-'@_*?]{1,255}");
    private static final Pattern WILDCARDS = Pattern.compile("[*?]");
    private static final List<String> ALIASES = List.of("amazon", "aws-marketplace", "self");
    private static final Map<String, String> VENDOR_ACCOUNTS =
            Map.of("canonical", "099720109477", "ubuntu", "099720109477", "debian", "136693071363");

    private final RecipeProblems problems;

    FoundationRules(RecipeProblems problems) {
        this.problems = problems;
    }

    void check(Foundation foundation) {
        checkName(foundation.name());
        checkOwners(foundation.owners());
    }

    private void checkName(String name) {
        if (WILDCARDS.matcher(name).replaceAll("").length() < FEWEST_LITERALS) {
            problems.add(
                    NAME_AT,
                    "\"%s\" fits every image of its owners".formatted(name),
                    "write a pattern that only the wanted system's images fit, such as al2023-ami-2023.*-x86_64");
        } else if (!NAME.matcher(name).matches()) {
            problems.add(
                    NAME_AT,
                    "\"%s\" fits no image, since it holds characters that EC2 allows in no image name".formatted(name),
                    "write letters, digits, spaces, ()[]./-'@_ and the wildcards * and ?");
        }
    }

    private void checkOwners(List<String> owners) {
        if (owners.isEmpty()) {
            problems.add(
                    OWNERS_AT,
                    "no owner is named, and anybody can publish an image of any name",
                    "write owners: [amazon], or the vendor's 12-digit account id in quotes");
        }
        for (int i = 0; i < owners.size(); i++) {
            checkOwner(entry(OWNERS_AT, i), owners.get(i));
        }
        problems.checkNamedOnce(OWNERS_AT, owners);
    }

    private void checkOwner(String pointer, String owner) {
        if (ALIASES.contains(owner) || RecipeProblems.ACCOUNT.matcher(owner).matches()) {
            return;
        }
        String vendor = VENDOR_ACCOUNTS.getOrDefault(owner.toLowerCase(Locale.ROOT), "");
        String remedy = vendor.isEmpty()
                ? "write a 12-digit account id in quotes, or amazon, aws-marketplace or self"
                : "write that vendor's account id, \"%s\"".formatted(vendor);
        problems.add(pointer, "\"%s\" is no owner of images".formatted(owner), remedy);
    }
}
