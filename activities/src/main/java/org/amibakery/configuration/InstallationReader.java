package org.amibakery.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.authored.AuthoredText;
import org.amibakery.authored.AuthoredTree;
import org.amibakery.authored.Complaint;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Judge;
import org.amibakery.authored.Settings;
import org.amibakery.authored.Shape;
import org.amibakery.aws.TargetAccount;
import org.amibakery.configuration.ConfigurationFile.PollingPart;
import org.amibakery.recipe.Durations;

/**
 * Reads an installation's configuration from, strongest first: the environment's {@code BAKERY_…} variables, the file
 * that {@code BAKERY_CONFIG} names, the SSM parameter of the stack. Every problem is told at once. Safe for any thread.
 *
 * <p>A variable's name is the key's path in capitals, words joined by underscores; lists are separated by commas.
 */
public final class InstallationReader {
    /** The file name of the JSON Schema, published in {@code infrastructure/}. */
    public static final String SCHEMA = "installation.schema.json";

    private static final Duration SHORTEST_POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofMinutes(5);

    private final Shape shape = Shape.ofResource(SCHEMA);
    private final Judge<ConfigurationFile> judge =
            new Judge<>(shape, ConfigurationFile.class, InstallationReader::complaintsAbout);
    private final EnvironmentVariables variables = new EnvironmentVariables(shape.leaves());

    /** The file that an environment names, if it names one. */
    public static Optional<Path> fileOf(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(EnvironmentVariables.FILE))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /**
     * The stack whose SSM parameter holds the configuration, when no file does: {@code BAKERY_STACK}, or ami-bakery.
     */
    public static String stackOf(Map<String, String> environment) {
        return environment.getOrDefault(EnvironmentVariables.variableOf("stack"), ConfigurationFile.DEFAULT_STACK);
    }

    /**
     * Reads the environment and the file it names.
     *
     * @throws InvalidInstallation when they do not make a usable configuration
     */
    public Installation read(Map<String, String> environment) {
        return read(environment, List.of());
    }

    /**
     * Reads the environment, the file it names, and the text of an SSM parameter.
     *
     * @throws InvalidInstallation when they do not make a usable configuration
     */
    public Installation read(Map<String, String> environment, AuthoredText parameter) {
        return read(environment, List.of(parameter));
    }

    private Installation read(Map<String, String> environment, List<AuthoredText> weaker) {
        try {
            List<AuthoredText> texts = new ArrayList<>(weaker);
            fileOf(environment).map(AuthoredText::ofFile).ifPresent(texts::add);
            AuthoredTree tree = AuthoredTree.layered(
                    "configuration", texts.stream().map(AuthoredTree::parse).toList());
            Settings.apply(tree, shape, variables.settingsIn(environment));
            return judge.read(tree, variables.misspelt(environment)).installation();
        } catch (InvalidInput refused) {
            throw new InvalidInstallation(refused.problems());
        }
    }

    private static List<Complaint> complaintsAbout(ConfigurationFile file) {
        List<Complaint> complaints = new ArrayList<>();
        file.polling().map(PollingPart::written).orElse(Map.of()).forEach((key, every) -> {
            if (every.compareTo(SHORTEST_POLL) < 0) {
                complaints.add(
                        new Complaint("/polling/" + key, "AWS throttles who asks without a pause; write at least 1s"));
            } else if (every.compareTo(LONGEST_POLL) > 0) {
                complaints.add(new Complaint(
                        "/polling/" + key,
                        "bakes would wait up to %s longer than they must; write at most 5m"
                                .formatted(Durations.text(every))));
            }
        });
        complaints.addAll(complaintsAbout(file.accounts()));
        return complaints;
    }

    /** A role of another account than is named would bake where nobody looks for it. */
    private static List<Complaint> complaintsAbout(List<TargetAccount> accounts) {
        List<Complaint> complaints = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < accounts.size(); i++) {
            TargetAccount account = accounts.get(i);
            if (!account.role().contains(":%s:".formatted(account.id()))) {
                complaints.add(new Complaint(
                        "/accounts/%d/role".formatted(i),
                        "the role is not one of account %s; write that account's".formatted(account.id())));
            }
            if (!ids.add(account.id())) {
                complaints.add(
                        new Complaint("/accounts/%d/id".formatted(i), "the account is named twice; name it once"));
            }
        }
        return complaints;
    }
}
