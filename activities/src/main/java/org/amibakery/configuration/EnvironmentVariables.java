package org.amibakery.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.authored.NearestName;
import org.amibakery.authored.Place;
import org.amibakery.authored.Problem;
import org.amibakery.authored.Setting;

/**
 * Knows which variable of the environment stands for which key: {@code network.securityGroups} is
 * {@code BAKERY_NETWORK_SECURITY_GROUPS}.
 */
final class EnvironmentVariables {
    static final String PREFIX = "BAKERY_";

    /** Names the configuration file. */
    static final String FILE = "BAKERY_CONFIG";

    private final Map<String, String> pathByVariable = new TreeMap<>();

    EnvironmentVariables(List<String> paths) {
        paths.forEach(path -> pathByVariable.put(variableOf(path), path));
    }

    static String variableOf(String path) {
        String words = path.replace('.', '_').replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return PREFIX + words.toUpperCase(Locale.ROOT);
    }

    /** The settings that an environment holds, in the order of their names. */
    List<Setting> settingsIn(Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        pathByVariable.forEach((variable, path) -> {
            if (environment.containsKey(variable)) {
                String value = environment.get(variable);
                settings.add(new Setting(path, value, variable + "=" + value));
            }
        });
        return settings;
    }

    /** Variables that look like a slip; others beginning with BAKERY_ may belong to the launcher or to scripts. */
    List<Problem> misspelt(Map<String, String> environment) {
        List<String> known = new ArrayList<>(pathByVariable.keySet());
        known.add(FILE);
        return new TreeMap<>(environment)
                .keySet().stream()
                        .filter(variable -> variable.startsWith(PREFIX) && !known.contains(variable))
                        .flatMap(variable ->
                                NearestName.to(variable.substring(PREFIX.length()), unprefixed(known)).stream()
                                        .map(nearest -> new Problem(
                                                Place.of(variable),
                                                "",
                                                "unknown variable; the nearest known one is " + PREFIX + nearest)))
                        .toList();
    }

    private static List<String> unprefixed(List<String> variables) {
        return variables.stream()
                .map(variable -> variable.substring(PREFIX.length()))
                .toList();
    }
}
