package org.amibakery.bake.aws;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.regex.Pattern;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;

/**
 * Holds what the SSM documents let their parameters be ({@code allowedPattern}).
 *
 * <p>SSM would refuse the same at SendCommand, but only once a builder runs.
 */
final class CommandParameters {
    /** The failure type of a value that a document would refuse. */
    static final String REFUSED = "CommandParameterRefused";

    /** One string of the environment may have 128 KiB (Linux, MAX_ARG_STRLEN), and SSM wraps it. */
    private static final int LONGEST = 65_536;

    private static final Map<String, Pattern> ALLOWED = Map.of(
            "BakeId", Pattern.compile("[A-Za-z0-9][A-Za-z0-9/_.:@+-]{0,254}"),
            "Release", Pattern.compile("latest|[0-9]{4}\\.[0-9]{1,3}\\.[0-9]{8}"),
            "Packages", Pattern.compile("([A-Za-z0-9][A-Za-z0-9+._-]*( [A-Za-z0-9][A-Za-z0-9+._-]*)*)?"),
            "Bucket", Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
            "Key", Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./=+@-]{0,900}\\.(zip|tar\\.gz|tgz)"),
            "VersionId", Pattern.compile("[A-Za-z0-9._-]{1,1000}"),
            "Sha256", Pattern.compile("[0-9a-f]{64}"),
            "Playbook", Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*\\.ya?ml"),
            "Variables", Pattern.compile("[A-Za-z0-9+/]+={0,2}"),
            "Region", Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}"));

    private CommandParameters() {}

    /** The same parameters, once each was found to be what its document allows. */
    static Map<String, String> checked(Map<String, String> parameters) {
        parameters.forEach(CommandParameters::check);
        return parameters;
    }

    private static void check(String name, String value) {
        if (value.length() > LONGEST) {
            throw refused("Parameter %s of a command would have %d characters, but a builder takes %d. %s"
                    .formatted(name, value.length(), LONGEST, "Nothing was created. Shorten it in the recipe."));
        }
        if (!ALLOWED.get(name).matcher(value).matches()) {
            throw refused("Parameter %s of a command may not be \"%s\": it must match %s. Nothing was created. %s"
                    .formatted(name, value, ALLOWED.get(name), remedy(name)));
        }
    }

    private static String remedy(String name) {
        return name.equals("BakeId")
                ? "Start the workflow under an id such as bake/<recipe>/<region>."
                : "Correct the recipe.";
    }

    private static ApplicationFailure refused(String message) {
        return ApplicationFailure.newNonRetryableFailure(
                message, REFUSED, new Refusal("plan", REFUSED, Reaction.GIVE_UP, Blame.RECIPE_AUTHOR));
    }
}
