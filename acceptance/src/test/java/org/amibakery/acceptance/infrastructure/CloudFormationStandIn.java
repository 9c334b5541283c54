package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * As much of CloudFormation as {@code aws cloudformation deploy} uses, on loopback: change sets, made and executed at once,
 * whose stacks somebody else puts into a simulated account. Refuses what the real one refuses: a template above 51,200 bytes in the
 * call itself, parameters that are unknown or lack a value.
 */
final class CloudFormationStandIn implements AutoCloseable {
    private static final int MOST_BYTES_IN_A_CALL = 51_200; // CloudFormation quotas

    private final HttpServer server;
    private final Consumer<Stack> account;
    private final Function<URI, String> storage;
    private final Map<String, Deployed> stacks = new TreeMap<>();
    private final Map<String, ChangeSet> changeSets = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();

    private record Deployed(String status, String template, Map<String, String> parameters, String reason) {
        Stack stack(String name) {
            return Stack.of(Template.parse(template), name, Stack.REGION, parameters);
        }
    }

    private record ChangeSet(String stack, String template, Map<String, String> parameters) {}

    private CloudFormationStandIn(HttpServer server, Consumer<Stack> account, Function<URI, String> storage) {
        this.server = server;
        this.account = account;
        this.storage = storage;
    }

    /**
     * Listens on a free port.
     *
     * @param account takes a stack; what it throws becomes the stack's failure
     * @param storage reads a template that lies in a bucket
     */
    static CloudFormationStandIn start(Consumer<Stack> account, Function<URI, String> storage) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            CloudFormationStandIn standIn = new CloudFormationStandIn(server, account, storage);
            server.createContext("/", standIn::answer);
            server.start();
            return standIn;
        } catch (IOException cannotListen) {
            throw new UncheckedIOException(cannotListen);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The operations that were called, in order. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** What became of a stack; fails if there is none. */
    synchronized Stack stack(String name) {
        return stacks.get(name).stack(name);
    }

    /** Lets a stack be in this state, with nothing in it. */
    synchronized void has(String stack, String status) {
        stacks.put(stack, new Deployed(status, "Resources: {}", Map.of(), ""));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        int status = 200;
        String answer;
        try {
            answer = answer(form);
        } catch (IllegalArgumentException refused) {
            status = 400;
            answer = "<ErrorResponse><Error><Code>ValidationError</Code><Message>%s</Message></Error></ErrorResponse>"
                    .formatted(refused.getMessage());
        }
        byte[] body = answer.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized String answer(Map<String, String> form) {
        String operation = form.get("Action");
        calls.add(operation);
        String result =
                switch (operation) {
                    case "CreateChangeSet" -> createChangeSet(form);
                    case "DescribeChangeSet" -> describeChangeSet(form);
                    case "ExecuteChangeSet" -> execute(changeSets.get(form.get("ChangeSetName")));
                    case "GetTemplateSummary" -> summary(form.get("StackName"));
                    case "DescribeStacks" -> describe(form.get("StackName"));
                    case "DescribeStackEvents" -> describeEvents(form.get("StackName"));
                    case "DescribeStackResource" ->
                        describeResource(form.get("StackName"), form.get("LogicalResourceId"));
                    default -> throw new IllegalArgumentException(operation + " is not known here");
                };
        return "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>".formatted(operation, result);
    }

    private String createChangeSet(Map<String, String> form) {
        String stack = form.get("StackName");
        String template = Optional.ofNullable(form.get("TemplateURL"))
                .map(url -> storage.apply(URI.create(url)))
                .orElseGet(() -> inTheCall(form.get("TemplateBody")));
        Map<String, String> parameters = parameters(form, stack);
        Stack.of(Template.parse(template), stack, Stack.REGION, parameters); // refuses unknown parameters
        String name = form.get("ChangeSetName");
        changeSets.put(name, new ChangeSet(stack, template, parameters));
        return "<Id>%s</Id><StackId>%s</StackId>".formatted(name, stack);
    }

    private static String inTheCall(String template) {
        if (template.getBytes(UTF_8).length > MOST_BYTES_IN_A_CALL) {
            throw new IllegalArgumentException(
                    "'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200");
        }
        return template;
    }

    private Map<String, String> parameters(Map<String, String> form, String stack) {
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 1; form.containsKey("Parameters.member.%d.ParameterKey".formatted(i)); i++) {
            String prefix = "Parameters.member.%d.".formatted(i);
            String key = form.get(prefix + "ParameterKey");
            parameters.put(
                    key,
                    Boolean.parseBoolean(form.get(prefix + "UsePreviousValue"))
                            ? stacks.get(stack).parameters().get(key)
                            : form.get(prefix + "ParameterValue"));
        }
        parameters.values().removeIf(value -> value == null); // the previous value was the default
        return parameters;
    }

    private String describeChangeSet(Map<String, String> form) {
        ChangeSet changeSet = changeSets.get(form.get("ChangeSetName"));
        Deployed before = stacks.get(changeSet.stack());
        boolean changes = before == null
                || !before.template().equals(changeSet.template())
                || !before.parameters().equals(changeSet.parameters());
        return changes
                ? "<Status>CREATE_COMPLETE</Status>"
                : "<Status>FAILED</Status><StatusReason>The submitted information didn't contain changes. Submit different"
                        + " information to create a change set.</StatusReason>";
    }

    private String execute(ChangeSet changeSet) {
        boolean exists = stacks.containsKey(changeSet.stack());
        String status = exists ? "UPDATE_COMPLETE" : "CREATE_COMPLETE";
        String reason = "";
        try {
            account.accept(Stack.of(
                    Template.parse(changeSet.template()), changeSet.stack(), Stack.REGION, changeSet.parameters()));
        } catch (RuntimeException failure) {
            status = exists ? "UPDATE_ROLLBACK_COMPLETE" : "ROLLBACK_COMPLETE";
            reason = failure.getMessage();
        }
        stacks.put(changeSet.stack(), new Deployed(status, changeSet.template(), changeSet.parameters(), reason));
        return "";
    }

    private String summary(String stack) {
        return "<Parameters>%s</Parameters>"
                .formatted(Template.parse(existing(stack).template()).parameters().keySet().stream()
                        .map("<member><ParameterKey>%s</ParameterKey></member>"::formatted)
                        .collect(joining()));
    }

    private String describe(String stack) {
        Deployed deployed = existing(stack);
        String outputs = deployed.status().contains("ROLLBACK")
                ? ""
                : deployed.stack(stack).outputs().entrySet().stream()
                        .map(output -> "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                .formatted(output.getKey(), output.getValue()))
                        .collect(joining());
        return "<Stacks><member><StackName>%s</StackName><StackStatus>%s</StackStatus><CreationTime>2026-01-31T12:00:00Z</CreationTime><Outputs>%s</Outputs></member></Stacks>"
                .formatted(stack, deployed.status(), outputs);
    }

    private String describeEvents(String stack) {
        return "<StackEvents><member><EventId>1</EventId><StackName>%s</StackName><StackId>%s</StackId><Timestamp>2026-01-31T12:00:00Z</Timestamp><LogicalResourceId>Bucket</LogicalResourceId><ResourceStatus>CREATE_FAILED</ResourceStatus><ResourceStatusReason>%s</ResourceStatusReason></member></StackEvents>"
                .formatted(stack, stack, existing(stack).reason());
    }

    private String describeResource(String stack, String resource) {
        Stack deployed = existing(stack).stack(stack);
        if (!deployed.has(resource)) {
            throw new IllegalArgumentException("Resource %s does not exist for stack %s".formatted(resource, stack));
        }
        return "<StackResourceDetail><LogicalResourceId>%s</LogicalResourceId><PhysicalResourceId>%s</PhysicalResourceId></StackResourceDetail>"
                .formatted(resource, deployed.reference(resource));
    }

    private Deployed existing(String stack) {
        return Optional.ofNullable(stacks.get(stack))
                .orElseThrow(() -> new IllegalArgumentException("Stack with id %s does not exist".formatted(stack)));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            form.put(URLDecoder.decode(parts[0], UTF_8), parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return form;
    }
}
