package org.amibakery.acceptance.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What every Command document must obey: the JSON Schema, and the rules that a schema cannot express. */
final class DocumentRules {
    /** RE2 refuses a greater count, and the agent then refuses every value (RE2 syntax, "x{n,m}"). */
    private static final int GREATEST_REPETITION = 1000;

    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");
    private static final Pattern READ_PARAMETER = Pattern.compile("SSM_([A-Za-z0-9]+)");

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(CommandDocument.schema());

    private DocumentRules() {}

    /** Lists everything wrong with a document; empty means that it may be installed. */
    static List<String> problemsOf(CommandDocument document) {
        List<String> problems = new ArrayList<>();
        SCHEMA.validate(document.tree()).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .forEach(problems::add);
        namesUsedTwice(document, problems);
        String scripts = String.join("\n", document.scripts());
        for (Map.Entry<String, JsonNode> parameter :
                document.tree().path("parameters").properties()) {
            patternOf(parameter.getKey(), parameter.getValue(), problems);
            if (!scripts.contains("${SSM_" + parameter.getKey() + "?")) {
                problems.add(parameter.getKey() + ": no guard ${SSM_" + parameter.getKey() + "?...} for older agents");
            }
        }
        undeclaredParameters(document, scripts, problems);
        if (scripts.contains("${AWS::")) {
            problems.add("a text like ${AWS::Region} is CloudFormation's once the document stands in a template");
        }
        return problems;
    }

    private static void namesUsedTwice(CommandDocument document, List<String> problems) {
        Set<String> seen = new HashSet<>();
        document.steps()
                .map(step -> step.path("name").asText())
                .filter(name -> !seen.add(name))
                .forEach(name -> problems.add("step name " + name + " is used twice"));
    }

    private static void undeclaredParameters(CommandDocument document, String scripts, List<String> problems) {
        READ_PARAMETER
                .matcher(scripts)
                .results()
                .map(read -> read.group(1))
                .distinct()
                .filter(name -> !document.tree().path("parameters").has(name))
                .forEach(name -> problems.add("SSM_" + name + " is read, but " + name + " is not declared"));
    }

    private static void patternOf(String name, JsonNode parameter, List<String> problems) {
        String pattern = parameter.path("allowedPattern").asText();
        if (splitsAtTheTop(pattern)) {
            problems.add(name + ": an alternative outside of brackets escapes the anchors of " + pattern);
        }
        if (pattern.contains("(?")) {
            problems.add(name + ": groups that look around or set flags differ between RE2 and Java: " + pattern);
        }
        if (REPETITION.matcher(pattern).results().anyMatch(DocumentRules::isBeyondRe2)) {
            problems.add(name + ": RE2 repeats at most " + GREATEST_REPETITION + " times: " + pattern);
        }
        JsonNode defaultValue = parameter.path("default");
        if (!defaultValue.isMissingNode() && !allows(pattern, defaultValue.asText())) {
            problems.add(name + ": the default '" + defaultValue.asText() + "' does not match " + pattern);
        }
    }

    /** Searches as the agent does: Go's {@code $} is the end of the text, Java's also matches before a last newline. */
    static boolean allows(String allowedPattern, String value) {
        String search = allowedPattern.endsWith("$")
                ? allowedPattern.substring(0, allowedPattern.length() - 1) + "\\z"
                : allowedPattern;
        return Pattern.compile(search).matcher(value).find();
    }

    private static boolean isBeyondRe2(MatchResult repetition) {
        String upper = repetition.group(2);
        String greatest = upper == null || upper.isEmpty() ? repetition.group(1) : upper;
        return Integer.parseInt(greatest) > GREATEST_REPETITION;
    }

    private static boolean splitsAtTheTop(String pattern) {
        int depth = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (character == '|' && depth == 0) {
                return true;
            }
        }
        return false;
    }
}
