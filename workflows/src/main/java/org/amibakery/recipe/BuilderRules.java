package org.amibakery.recipe;

import static org.amibakery.recipe.RecipeProblems.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds what would let no builder be launched. */
final class BuilderRules {
    private static final String TYPES_AT = "/builder/instanceTypes";
    private static final String SUBNETS_AT = "/builder/subnets";
    private static final String VOLUME_AT = "/builder/rootVolume";

    private static final Pattern INSTANCE_TYPE = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
    // the letter g after the generation marks Graviton; a1 was the first
    private static final Pattern ARM_FAMILY = Pattern.compile("(a1|[a-z]+[0-9]+g[a-z]*)\\..*");
    // general purpose families without that letter; others are left to EC2 to judge
    private static final Pattern X86_FAMILY = Pattern.compile("(t[123]a?|[cmr][3-9][a-fh-z-]*)\\..*");

    // GiB, EBS user guide "volume types": the types a root volume may have without provisioned IOPS
    private static final Map<String, Integer> LARGEST = largestRootVolumes();

    private final RecipeProblems problems;

    BuilderRules(RecipeProblems problems) {
        this.problems = problems;
    }

    void check(BuilderRecipe builder, Architecture architecture) {
        checkInstanceTypes(builder.instanceTypes(), architecture);
        checkSubnets(builder.subnets());
        checkRootVolume(builder.rootVolume());
    }

    private void checkInstanceTypes(List<String> types, Architecture architecture) {
        if (types.isEmpty()) {
            problems.add(
                    TYPES_AT,
                    "no instance type is named, so there is no candidate to launch",
                    "write for example instanceTypes: [t3.medium, t3a.medium, m5.large]; they are tried in order");
        }
        for (int i = 0; i < types.size(); i++) {
            checkInstanceType(entry(TYPES_AT, i), types.get(i), architecture);
        }
        problems.checkNamedOnce(TYPES_AT, types);
    }

    private void checkInstanceType(String pointer, String type, Architecture architecture) {
        Pattern foreign =
                switch (architecture) {
                    case X86_64 -> ARM_FAMILY;
                    case ARM64 -> X86_FAMILY;
                };
        String example =
                switch (architecture) {
                    case X86_64 -> "t3.medium";
                    case ARM64 -> "t4g.medium";
                };
        if (!INSTANCE_TYPE.matcher(type).matches()) {
            problems.add(
                    pointer, "\"%s\" is no instance type".formatted(type), "write family and size, such as " + example);
        } else if (foreign.matcher(type).matches()) {
            problems.add(
                    pointer,
                    "%s cannot run a foundation image for %s".formatted(type, architecture.text()),
                    "write a type of that architecture, such as " + example);
        }
    }

    private void checkSubnets(List<String> subnets) {
        for (int i = 0; i < subnets.size(); i++) {
            if (!SUBNET.matcher(subnets.get(i)).matches()) {
                problems.add(
                        entry(SUBNETS_AT, i),
                        "\"%s\" is no subnet id".formatted(subnets.get(i)),
                        "write an id such as subnet-0a1b2c3d4e5f67890, or no subnets at all to use the installation's");
            }
        }
        problems.checkNamedOnce(SUBNETS_AT, subnets);
    }

    private void checkRootVolume(RootVolume volume) {
        String type = volume.type();
        if (!LARGEST.containsKey(type)) {
            problems.add(entry(VOLUME_AT, "type"), whyNotRoot(type), "write gp3, gp2 or standard");
            return;
        }
        volume.size()
                .filter(size -> size.gibibytes() > LARGEST.get(type))
                .ifPresent(size -> problems.add(
                        entry(VOLUME_AT, "size"),
                        "%s is more than a %s volume can hold".formatted(size, type),
                        "write at most %dGiB".formatted(LARGEST.get(type))));
    }

    private static String whyNotRoot(String type) {
        return switch (type) {
            case "st1", "sc1" -> "no instance boots from a volume of type " + type;
            case "io1", "io2" -> type + " needs a number of provisioned IOPS, which a recipe cannot state";
            default -> "\"%s\" is no EBS volume type".formatted(type);
        };
    }

    private static Map<String, Integer> largestRootVolumes() {
        Map<String, Integer> largest = new LinkedHashMap<>();
        largest.put("gp3", 65_536);
        largest.put("gp2", 16_384);
        largest.put("standard", 1_024);
        return largest;
    }
}
