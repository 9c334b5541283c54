package org.amibakery.simulator.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.amibakery.simulator.world.ParameterStore;

/**
 * Puts a command's values into a document's script as the agent does (amazon-ssm-agent 3.3, parameters): plain text
 * replacement in one pass, no quoting, then {@code {{ssm:name}}}, which therefore works inside values too.
 *
 * @param document what was declared
 * @param values the checked values by parameter
 * @param store where {@code {{ssm:name}}} is looked up
 */
record Interpolation(CommandDocument document, Map<String, List<String>> values, ParameterStore store) {
    /** Finds {@code {{ name }}}. */
    static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(?<name>[A-Za-z0-9]+)\\s*}}");

    private static final Pattern STORED = Pattern.compile("\\{\\{\\s*ssm:(?<name>[A-Za-z0-9_./-]+)\\s*}}");
    private static final String ENVIRONMENT_PREFIX = "SSM_";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers the step's script lines with all values put in. */
    List<String> lines(StepSpec step) {
        List<String> lines = new ArrayList<>();
        for (String line : step.lines()) {
            Matcher whole = REFERENCE.matcher(line);
            if (whole.matches() && isList(whole.group("name"))) {
                lines.addAll(values.get(whole.group("name")));
            } else {
                lines.add(text(line));
            }
        }
        return lines.stream().map(this::resolveStored).toList();
    }

    /** Puts the values into a single text, such as a timeout. */
    String text(String template) {
        return REFERENCE.matcher(template).replaceAll(found -> Matcher.quoteReplacement(shown(found.group(1))));
    }

    /** Answers the environment variables of the parameters that ask for one (interpolationType ENV_VAR). */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        document.parameters().values().stream()
                .filter(spec -> spec.interpolation() == ParameterSpec.Interpolation.ENV_VAR)
                .forEach(spec -> environment.put(
                        ENVIRONMENT_PREFIX + spec.name(),
                        resolveStored(values.get(spec.name()).get(0))));
        return environment;
    }

    private boolean isList(String name) {
        ParameterSpec spec = document.parameters().get(name);
        return spec != null && spec.kind() == ParameterSpec.Kind.STRING_LIST;
    }

    private String shown(String name) {
        return isList(name) ? json(values.get(name)) : values.get(name).get(0);
    }

    /** Writes a list inside a text as Go's JSON encoder does, which escapes {@code <}, {@code >} and {@code &}. */
    private static String json(List<String> list) {
        try {
            return JSON.writeValueAsString(list)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A list of strings could not be written as JSON", impossible);
        }
    }

    private String resolveStored(String text) {
        return STORED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(store.value(found.group(1))
                        .orElseThrow(() ->
                                SsmErrors.invalidParameters("Parameter " + found.group(1) + " is not in the store."))));
    }
}
