package org.amibakery.acceptance.infrastructure;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What CloudFormation makes of a template: every function resolved, with ids such as AWS gives. */
public final class Stack {
    /** The account of the simulator, and of this stack. */
    public static final String ACCOUNT = "123456789012";

    public static final String REGION = "us-east-1";

    private final Template template;
    private final StackFunctions functions;

    private Stack(Template template, StackFunctions functions) {
        this.template = template;
        this.functions = functions;
    }

    /** The stack ami-bakery with every parameter that has a default at its default. */
    public static Stack standard() {
        return with(Map.of());
    }

    /** The stack ami-bakery with some parameters of its own. */
    public static Stack with(Map<String, String> parameters) {
        return with(parameters, Map.of());
    }

    /** A stack of another name. */
    public static Stack named(String name, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Vpc", "vpc-0a1b2c3d", "FunctionsKey", "functions.jar"));
        all.putAll(parameters);
        return of(Template.packaged(), name, REGION, all);
    }

    /** The same with the ids that some of its resources have, by their names in the template. */
    public static Stack with(Map<String, String> parameters, Map<String, String> ids) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "Vpc", "vpc-0a1b2c3d", "Subnets", "subnet-0a1b2c3d,subnet-1a2b3c4d", "FunctionsKey", "functions.jar"));
        all.putAll(parameters);
        Template template = Template.packaged();
        return new Stack(template, new StackFunctions(template, "ami-bakery", REGION, all, ids));
    }

    static Stack of(Template template, String name, String region, Map<String, String> parameters) {
        return new Stack(template, new StackFunctions(template, name, region, parameters, Map.of()));
    }

    public String name() {
        return functions.stackName();
    }

    /** Whether it has a resource of that name, whose condition holds if it has one. */
    boolean has(String resource) {
        JsonNode written = template.resources().get(resource);
        return written != null && functions.holds(written);
    }

    /** The properties of a resource. */
    public JsonNode properties(String resource) {
        return functions
                .resolved(template.resources().get(resource).path("Properties"))
                .orElse(JsonNodeFactory.instance.objectNode());
    }

    /** The properties of all resources of a type whose condition holds, by their names. */
    public Map<String, JsonNode> ofType(String type) {
        return template.resources().entrySet().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .filter(resource -> functions.holds(resource.getValue()))
                .collect(toMap(
                        Map.Entry::getKey, it -> properties(it.getKey()), (one, other) -> one, LinkedHashMap::new));
    }

    /** What Ref tells of a resource: a name, an id or an ARN, as its type has it. */
    public String reference(String resource) {
        return functions.reference(resource);
    }

    public String arn(String resource) {
        return functions.attribute(resource, "Arn");
    }

    /** The parameters that were given a value. */
    Map<String, String> parameters() {
        return functions.given();
    }

    Map<String, String> outputs() {
        return template.section("Outputs").entrySet().stream()
                .filter(output -> functions.holds(output.getValue()))
                .collect(toMap(
                        Map.Entry::getKey,
                        it -> text(it.getValue().get("Value")),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private String text(JsonNode value) {
        return functions.resolved(value).map(JsonNode::asText).orElseThrow();
    }

    /** The documents of a role's own policies, or of a managed policy. */
    public List<JsonNode> policies(String resource) {
        JsonNode properties = properties(resource);
        return Optional.of(properties.path("PolicyDocument"))
                .filter(document -> !document.isMissingNode())
                .map(List::of)
                .orElseGet(() -> stream(properties.path("Policies"))
                        .map(policy -> policy.get("PolicyDocument"))
                        .toList());
    }

    /** All statements of those policies. */
    public List<JsonNode> statements(String resource) {
        return policies(resource).stream()
                .flatMap(policy -> stream(policy.path("Statement")))
                .toList();
    }

    /** The actions of a statement, of which it may have one or many. */
    public static List<String> actions(JsonNode statement) {
        return texts(statement.path("Action"));
    }

    /** One text or a list of texts. */
    public static List<String> texts(JsonNode oneOrMany) {
        return oneOrMany.isArray() ? stream(oneOrMany).map(JsonNode::asText).toList() : List.of(oneOrMany.asText());
    }

    public static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
