package org.amibakery.acceptance.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the functions that the template uses, and fails at any other. Ids are formed as AWS forms them, so that what
 * holds for them holds for real ones.
 */
final class StackFunctions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final Template template;
    private final String name;
    private final String region;
    private final Map<String, String> given;
    private final Map<String, String> ids;

    /** Takes the values of parameters, and the ids of resources that must have particular ones. */
    StackFunctions(Template template, String name, String region, Map<String, String> given, Map<String, String> ids) {
        this.template = template;
        this.name = name;
        this.region = region;
        this.given = Map.copyOf(given);
        this.ids = Map.copyOf(ids);
        given.keySet().forEach(parameter -> {
            if (!template.parameters().containsKey(parameter)) {
                throw new IllegalArgumentException("The template has no parameter " + parameter);
            }
        });
    }

    String stackName() {
        return name;
    }

    Map<String, String> given() {
        return given;
    }

    /** Whether the condition of a resource or an output holds, if it has one. */
    boolean holds(JsonNode conditional) {
        return !conditional.has("Condition")
                || condition(conditional.get("Condition").asText());
    }

    /** The value without functions; absent for AWS::NoValue, which takes its key or place away. */
    Optional<JsonNode> resolved(JsonNode value) {
        if (value.isObject() && value.size() == 1) {
            Map.Entry<String, JsonNode> only = value.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return call(only.getKey(), only.getValue());
            }
        }
        if (value.isObject()) {
            ObjectNode object = JSON.objectNode();
            value.properties()
                    .forEach(entry -> resolved(entry.getValue()).ifPresent(part -> object.set(entry.getKey(), part)));
            return Optional.of(object);
        }
        if (value.isArray()) {
            ArrayNode array = JSON.arrayNode();
            value.forEach(element -> resolved(element).ifPresent(array::add));
            return Optional.of(array);
        }
        return Optional.of(value);
    }

    private Optional<JsonNode> call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" ->
                argument.asText().equals("AWS::NoValue") ? Optional.empty() : Optional.of(ref(argument.asText()));
            case "Fn::GetAtt" ->
                Optional.of(JSON.textNode(
                        attribute(argument.get(0).asText(), argument.get(1).asText())));
            case "Fn::Sub" -> Optional.of(JSON.textNode(substituted(argument)));
            case "Fn::Join" ->
                Optional.of(JSON.textNode(String.join(argument.get(0).asText(), texts(argument.get(1)))));
            case "Fn::Split" ->
                Optional.of(list(text(argument.get(1))
                        .split(Pattern.quote(argument.get(0).asText()), -1)));
            case "Fn::If" -> resolved(argument.get(condition(argument.get(0).asText()) ? 1 : 2));
            default ->
                throw new IllegalArgumentException("The template uses " + function + ", which is not known here");
        };
    }

    private boolean condition(String condition) {
        return isTrue(template.section("Conditions").get(condition));
    }

    private boolean isTrue(JsonNode condition) {
        Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
        JsonNode argument = only.getValue();
        return switch (only.getKey()) {
            case "Fn::Equals" -> text(argument.get(0)).equals(text(argument.get(1)));
            case "Fn::Not" -> !isTrue(argument.get(0));
            default ->
                throw new IllegalArgumentException("A condition uses " + only.getKey() + ", which is not known here");
        };
    }

    private String text(JsonNode value) {
        return resolved(value).orElseThrow().asText();
    }

    private List<String> texts(JsonNode value) {
        return Stack.texts(resolved(value).orElseThrow());
    }

    private static ArrayNode list(String... elements) {
        ArrayNode list = JSON.arrayNode();
        List.of(elements).forEach(list::add);
        return list;
    }

    private String substituted(JsonNode argument) {
        String text = argument.isArray() ? argument.get(0).asText() : argument.asText();
        JsonNode own = argument.isArray() ? argument.get(1) : JSON.objectNode();
        Matcher variable = VARIABLE.matcher(text);
        return variable.replaceAll(found -> Matcher.quoteReplacement(variable(found.group(1), own)));
    }

    private String variable(String variable, JsonNode own) {
        if (own.has(variable)) {
            return text(own.get(variable));
        }
        String[] parts = variable.split("\\.", 2);
        return parts.length == 2 ? attribute(parts[0], parts[1]) : ref(variable).asText();
    }

    private JsonNode ref(String target) {
        return switch (target) {
            case "AWS::StackName" -> JSON.textNode(name);
            case "AWS::Region" -> JSON.textNode(region);
            case "AWS::AccountId" -> JSON.textNode(Stack.ACCOUNT);
            case "AWS::Partition" -> JSON.textNode("aws");
            default -> template.parameters().containsKey(target) ? parameter(target) : JSON.textNode(reference(target));
        };
    }

    private JsonNode parameter(String parameter) {
        JsonNode declared = template.parameters().get(parameter);
        String value = Optional.ofNullable(given.get(parameter)).orElseGet(() -> defaultOf(parameter, declared));
        String type = declared.get("Type").asText();
        if (type.equals("CommaDelimitedList") || type.startsWith("List<")) {
            return list(value.split(",", -1));
        }
        return JSON.textNode(value);
    }

    private static String defaultOf(String parameter, JsonNode declared) {
        if (!declared.has("Default")) {
            throw new IllegalArgumentException("Parameter " + parameter + " has neither value nor default");
        }
        return declared.get("Default").asText();
    }

    /** What Ref tells of a resource. */
    String reference(String resource) {
        JsonNode written = written(resource);
        if (ids.containsKey(resource)) {
            return ids.get(resource);
        }
        String type = written.get("Type").asText();
        JsonNode properties = written.path("Properties");
        return switch (type) {
            case "AWS::S3::Bucket" -> generated(resource).toLowerCase(Locale.ROOT);
            case "AWS::IAM::Role", "AWS::IAM::InstanceProfile", "AWS::Logs::LogGroup", "AWS::Events::Rule" ->
                generated(resource);
            case "AWS::IAM::ManagedPolicy" -> "arn:aws:iam::%s:policy/%s".formatted(Stack.ACCOUNT, generated(resource));
            case "AWS::EC2::SecurityGroup" -> "sg-0a1b2c3d4e5f67890";
            case "AWS::SNS::Topic" -> "arn:aws:sns:%s:%s:%s".formatted(region, Stack.ACCOUNT, generated(resource));
            case "AWS::Lambda::Function" -> text(properties.get("FunctionName"));
            case "AWS::SSM::Parameter", "AWS::SSM::Document" -> text(properties.get("Name"));
            default -> throw new IllegalArgumentException("It is not known what Ref tells of " + type);
        };
    }

    String attribute(String resource, String attribute) {
        String type = written(resource).get("Type").asText();
        String id = reference(resource);
        return switch (type + " " + attribute) {
            case "AWS::S3::Bucket Arn" -> "arn:aws:s3:::" + id;
            case "AWS::IAM::Role Arn" -> "arn:aws:iam::%s:role/%s".formatted(Stack.ACCOUNT, id);
            case "AWS::IAM::InstanceProfile Arn" -> "arn:aws:iam::%s:instance-profile/%s".formatted(Stack.ACCOUNT, id);
            case "AWS::Logs::LogGroup Arn" -> "arn:aws:logs:%s:%s:log-group:%s:*".formatted(region, Stack.ACCOUNT, id);
            case "AWS::Lambda::Function Arn" -> "arn:aws:lambda:%s:%s:function:%s".formatted(region, Stack.ACCOUNT, id);
            case "AWS::Events::Rule Arn" -> "arn:aws:events:%s:%s:rule/%s".formatted(region, Stack.ACCOUNT, id);
            case "AWS::EC2::SecurityGroup GroupId" -> id;
            default -> throw new IllegalArgumentException("%s has no known attribute %s".formatted(type, attribute));
        };
    }

    private JsonNode written(String resource) {
        return Optional.ofNullable(template.resources().get(resource))
                .orElseThrow(() -> new IllegalArgumentException("The template has no " + resource));
    }

    /** A name as CloudFormation makes one up. */
    private String generated(String resource) {
        return "%s-%s-0A1B2C3D4E5F".formatted(name, resource);
    }
}
