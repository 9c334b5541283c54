package org.amibakery.bake.aws;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.bake.CommandPlan;
import org.amibakery.builder.BakeId;
import org.amibakery.command.PlannedCommand;
import org.amibakery.recipe.ImageTest;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.SystemFamily;

/**
 * Plans the commands of a bake: which SSM document each step runs, and what with.
 *
 * <p>The limits are those of the documents' own steps ({@code timeoutSeconds}), which end the script on the builder.
 */
final class CommandPlanner {
    /** Cloud-init, user data and systemd may each take their time at the first boot. */
    static final Duration VERIFY_LIMIT = Duration.ofMinutes(25);

    /** Two runs fit when the first one reboots. */
    static final Duration UPDATE_LIMIT = Duration.ofMinutes(90);

    static final Duration INSTALL_LIMIT = Duration.ofMinutes(90);
    static final Duration PLAYBOOK_LIMIT = Duration.ofHours(2);
    static final Duration SCRUB_LIMIT = Duration.ofMinutes(15);

    /** A test looks whether an image is sound; longer suites belong behind the bake. */
    static final Duration TEST_LIMIT = Duration.ofMinutes(30);

    /** Amazon's own document, which every account has. */
    private static final String SHELL = "AWS-RunShellScript";

    private final String prefix;
    private final Optional<String> outputBucket;

    CommandPlanner(String prefix, Optional<String> outputBucket) {
        this.prefix = prefix;
        this.outputBucket = outputBucket;
    }

    /** Plans the commands of a bake, in the order in which they run. */
    CommandPlan plan(Recipe recipe, BakeId bake, List<PinnedPlaybook> playbooks) {
        return new CommandPlan(
                command("verify agent", document(recipe, "verify-agent"), verification(bake), VERIFY_LIMIT),
                command("update packages", document(recipe, "update-packages"), update(recipe.system()), UPDATE_LIMIT),
                command("install packages", document(recipe, "install-packages"), installation(recipe), INSTALL_LIMIT),
                playbooks.stream().map(pinned -> playbook(recipe, pinned)).toList(),
                command("scrub", document(recipe, "scrub"), Map.of(), SCRUB_LIMIT),
                outputBucket);
    }

    /** Plans the test of a new image: the author's document as it stands, or the author's command in a shell. */
    static PlannedCommand test(ImageTest test) {
        Map<String, String> script = new LinkedHashMap<>();
        test.command().ifPresent(command -> {
            script.put("commands", command);
            script.put("executionTimeout", Long.toString(TEST_LIMIT.toSeconds()));
        });
        return new PlannedCommand("test image", test.document().orElse(SHELL), script, TEST_LIMIT);
    }

    private PlannedCommand playbook(Recipe recipe, PinnedPlaybook pinned) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Bucket", pinned.address().bucket());
        parameters.put("Key", pinned.address().key());
        parameters.put("VersionId", pinned.versionId());
        parameters.put("Sha256", pinned.sha256());
        parameters.put("Playbook", pinned.playbook().playbook());
        parameters.put("Variables", PlaybookVariables.encode(pinned.playbook().variables()));
        parameters.put("Region", pinned.region().name());
        String label = "run %s of %s"
                .formatted(pinned.playbook().playbook(), pinned.address().fileName());
        return command(label, document(recipe, "run-playbook"), parameters, PLAYBOOK_LIMIT);
    }

    private static Map<String, String> verification(BakeId bake) {
        return Map.of("BakeId", bake.workflowId());
    }

    /** Without a release Amazon Linux stays locked to that of its image, and would find no updates. */
    private static Map<String, String> update(SystemFamily system) {
        return switch (system) {
            case AMAZON_LINUX -> Map.of("Release", "latest");
            case UBUNTU, DEBIAN -> Map.of();
        };
    }

    private static Map<String, String> installation(Recipe recipe) {
        List<String> packages = recipe.packages().install();
        return packages.isEmpty() ? Map.of() : Map.of("Packages", String.join(" ", packages));
    }

    private String document(Recipe recipe, String name) {
        return String.join("-", prefix, recipe.system().documentFamily(), name);
    }

    private static PlannedCommand command(
            String label, String document, Map<String, String> parameters, Duration limit) {
        return new PlannedCommand(label, document, CommandParameters.checked(parameters), limit);
    }
}
