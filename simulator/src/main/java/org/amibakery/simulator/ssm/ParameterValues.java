package org.amibakery.simulator.ssm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks the values a SendCommand brings against the document's declarations (SendCommand, Parameters). */
final class ParameterValues {
    private ParameterValues() {}

    /** Answers the value of every declared parameter, defaults filled in; fails with InvalidParameters. */
    static Map<String, List<String>> check(CommandDocument document, Map<String, List<String>> sent) {
        new TreeMap<>(sent)
                .keySet().stream()
                        .filter(name -> !document.parameters().containsKey(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw SsmErrors.invalidParameters(
                                    "Parameter \"" + name + "\" is not defined in the document.");
                        });
        Map<String, List<String>> values = new LinkedHashMap<>();
        document.parameters().values().forEach(spec -> values.put(spec.name(), valuesOf(spec, sent)));
        return values;
    }

    private static List<String> valuesOf(ParameterSpec spec, Map<String, List<String>> sent) {
        if (!sent.containsKey(spec.name())) {
            return spec.defaultValues()
                    .orElseThrow(() -> SsmErrors.invalidParameters(
                            "Parameter \"" + spec.name() + "\" has no value and no default."));
        }
        List<String> values = sent.get(spec.name());
        if (spec.kind() == ParameterSpec.Kind.STRING && values.size() != 1) {
            throw SsmErrors.invalidParameters(
                    "Parameter \"" + spec.name() + "\" takes one value, not " + values.size() + ".");
        }
        values.stream().filter(value -> !spec.allows(value)).findFirst().ifPresent(value -> {
            throw SsmErrors.invalidParameters("Parameter \"" + spec.name() + "\" has the value \"" + value
                    + "\", which is not allowed by its allowedPattern or allowedValues.");
        });
        return List.copyOf(values);
    }
}
