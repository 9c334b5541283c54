package org.amibakery.simulator.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;

/** Reads Command documents of schema 2.2 and refuses what Systems Manager or its agent would not run. */
final class DocumentParser {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> TOP_KEYS =
            Set.of("schemaVersion", "description", "parameters", "variables", "mainSteps", "files");
    private static final Set<String> STEP_KEYS =
            Set.of("action", "name", "inputs", "precondition", "onFailure", "onSuccess", "finallyStep", "description");
    private static final Set<String> PARAMETER_KEYS = Set.of(
            "type",
            "description",
            "default",
            "allowedPattern",
            "allowedValues",
            "displayType",
            "minItems",
            "maxItems",
            "minChars",
            "maxChars",
            "interpolationType");
    private static final Set<String> INPUT_KEYS = Set.of("runCommand", "timeoutSeconds", "workingDirectory");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern STEP_NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private DocumentParser() {}

    /** Parses a document of the format it is said to have; fails with InvalidDocumentContent. */
    static CommandDocument parse(String content, DocumentFormat format) {
        JsonNode root = tree(content, format);
        refuseUnknownKeys(root, TOP_KEYS, "document");
        JsonNode version = root.path("schemaVersion");
        if (!version.isTextual() || !version.asText().equals(CommandDocument.SCHEMA_VERSION)) {
            throw SimulatorError.refused(
                    "InvalidDocumentSchemaVersion",
                    "The document's schemaVersion must be the text \"2.2\", not " + version + ".");
        }
        Map<String, ParameterSpec> parameters = parameters(root.path("parameters"));
        List<StepSpec> steps = steps(root.path("mainSteps"));
        steps.forEach(step -> refuseUndeclared(step, parameters));
        return new CommandDocument(root.path("description").asText(""), parameters, steps);
    }

    /** Reads a document's text as a tree. */
    static JsonNode tree(String content, DocumentFormat format) {
        try {
            JsonNode root = format == DocumentFormat.YAML ? YAML.readTree(content) : JSON.readTree(content);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException malformed) {
            throw SsmErrors.invalidDocumentContent(
                    "The document is not valid " + format + ": " + malformed.getOriginalMessage());
        }
        throw SsmErrors.invalidDocumentContent("The document is not a " + format + " object.");
    }

    /** Writes a tree in the format a reader asks for. */
    static String write(JsonNode root, DocumentFormat format) {
        try {
            return format == DocumentFormat.YAML
                    ? YAML.writeValueAsString(root)
                    : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A parsed document could not be written", impossible);
        }
    }

    private static Map<String, ParameterSpec> parameters(JsonNode declared) {
        Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
        declared.properties()
                .forEach(entry -> parameters.put(entry.getKey(), parameter(entry.getKey(), entry.getValue())));
        return parameters;
    }

    private static ParameterSpec parameter(String name, JsonNode node) {
        if (!NAME.matcher(name).matches()) {
            throw SsmErrors.invalidDocumentContent("Parameter name " + name + " may hold letters and digits only.");
        }
        refuseUnknownKeys(node, PARAMETER_KEYS, "parameter " + name);
        ParameterSpec spec = new ParameterSpec(
                name,
                kind(name, node.path("type").asText()),
                node.path("description").asText(""),
                Optional.ofNullable(node.get("default")).map(DocumentParser::texts),
                Optional.ofNullable(node.get("allowedPattern")).map(pattern -> pattern(name, pattern.asText())),
                texts(node.path("allowedValues")),
                interpolation(name, node));
        if (spec.defaultValues().stream().flatMap(List::stream).anyMatch(value -> !spec.allows(value))) {
            throw SsmErrors.invalidDocumentContent(
                    "The default of parameter " + name + " is not allowed by its rules.");
        }
        return spec;
    }

    private static ParameterSpec.Kind kind(String name, String type) {
        return switch (type) {
            case "String" -> ParameterSpec.Kind.STRING;
            case "StringList" -> ParameterSpec.Kind.STRING_LIST;
            default ->
                throw SsmErrors.invalidDocumentContent("Parameter " + name + " has the type '" + type
                        + "'; the simulator knows String and StringList.");
        };
    }

    private static ParameterSpec.Interpolation interpolation(String name, JsonNode node) {
        if (!node.has("interpolationType")) {
            return ParameterSpec.Interpolation.TEXT;
        }
        if (!node.path("interpolationType").asText().equals("ENV_VAR")
                || !node.path("type").asText().equals("String")) {
            throw SsmErrors.invalidDocumentContent(
                    "Parameter " + name + ": interpolationType must be ENV_VAR and needs the type String.");
        }
        return ParameterSpec.Interpolation.ENV_VAR;
    }

    private static Pattern pattern(String name, String text) {
        try {
            return GoPattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw SsmErrors.invalidDocumentContent(
                    "The allowedPattern of parameter " + name + " is malformed: " + malformed.getDescription());
        }
    }

    private static List<StepSpec> steps(JsonNode mainSteps) {
        if (!mainSteps.isArray() || mainSteps.isEmpty()) {
            throw SsmErrors.invalidDocumentContent("The document has no mainSteps.");
        }
        List<StepSpec> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : mainSteps) {
            StepSpec step = step(node);
            if (!names.add(step.name())) {
                throw SsmErrors.invalidDocumentContent("The step name " + step.name() + " is used twice.");
            }
            steps.add(step);
        }
        return steps;
    }

    private static StepSpec step(JsonNode node) {
        refuseUnknownKeys(node, STEP_KEYS, "step");
        String name = node.path("name").asText();
        String action = node.path("action").asText();
        if (!STEP_NAME.matcher(name).matches()) {
            throw SsmErrors.invalidDocumentContent("The step name '" + name + "' is missing or malformed.");
        }
        if (!action.equals("aws:runShellScript")) {
            throw SsmErrors.invalidDocumentContent(
                    "Step " + name + " has the action '" + action + "'; the simulator runs aws:runShellScript only.");
        }
        JsonNode inputs = node.path("inputs");
        refuseUnknownKeys(inputs, INPUT_KEYS, "inputs of step " + name);
        if (texts(inputs.path("runCommand")).isEmpty()) {
            throw SsmErrors.invalidDocumentContent("Step " + name + " has no runCommand.");
        }
        return new StepSpec(
                name,
                action,
                texts(inputs.path("runCommand")),
                inputs.path("timeoutSeconds").asText(""));
    }

    private static void refuseUndeclared(StepSpec step, Map<String, ParameterSpec> parameters) {
        Matcher reference = Interpolation.REFERENCE.matcher(String.join("\n", step.lines()));
        while (reference.find()) {
            String name = reference.group("name");
            if (!parameters.containsKey(name)) {
                throw SsmErrors.invalidDocumentContent(
                        "Step " + step.name() + " uses the parameter " + name + ", which is not declared.");
            }
        }
    }

    private static void refuseUnknownKeys(JsonNode node, Set<String> known, String where) {
        node.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw SsmErrors.invalidDocumentContent("The " + where + " has the unknown key " + key + ".");
                });
    }

    private static List<String> texts(JsonNode node) {
        if (node.isValueNode()) {
            return List.of(node.asText());
        }
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
