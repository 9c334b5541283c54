package org.amibakery.acceptance.secondopinion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.amibakery.acceptance.secondopinion.Shim.Moto;
import org.amibakery.acceptance.secondopinion.Shim.StandIn;
import org.amibakery.lambdas.FunctionErrorPayload;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.FunctionJson;

/**
 * What moto 5.2.1 does not do, or only half; docs/second-opinion.md lists it. What is in moto's power is left to moto, so
 * that a stand-in knows nothing that moto does not.
 */
final class StandIns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final Map<String, UnaryOperator<byte[]>> functions;
    private final AtomicBoolean agentsComeOnline = new AtomicBoolean(true);

    /**
     * Takes the code of the functions.
     *
     * @param functions by their deployed names
     */
    StandIns(Map<String, UnaryOperator<byte[]>> functions) {
        this.functions = Map.copyOf(functions);
    }

    /** All of them, by operation. */
    Map<String, StandIn> all() {
        return Map.of(
                "ec2:DescribeImageAttribute", (call, moto) -> ImageStandIns.attribute(call),
                "ssm:DescribeInstanceInformation", this::agents,
                "lambda:Invoke", (call, moto) -> invocation(call),
                "ec2:CreateImage", ImageStandIns::creation,
                "ec2:CopyImage", ImageStandIns::copy,
                "ec2:DeregisterImage", ImageStandIns::deregistration,
                "ec2:EnableImageDeprecation", ImageStandIns::deprecation,
                "ec2:DescribeImages", ImageStandIns::imagesOfSnapshots,
                "ec2:DescribeImageReferences", ImageStandIns::references);
    }

    /** From now on no agent is online, as on builders without a way to SSM. */
    void agentsStayAway() {
        agentsComeOnline.set(false);
    }

    /** Moto has no managed instances: every instance that moto runs has an agent that is online. */
    private Optional<WireAnswer> agents(WireCall call, Moto moto) {
        ArrayNode agents = JSON.createArrayNode();
        if (agentsComeOnline.get()) {
            List<String> asked = texts(parsed(call.text()).at("/Filters/0/Values"));
            Ec2Question.describe("DescribeInstances")
                    .where("instance-state-name", List.of("running"))
                    .where("instance-id", asked)
                    .ids("instanceId", call, moto)
                    .forEach(id -> agents.addObject()
                            .put("InstanceId", id)
                            .put("PingStatus", "Online")
                            .put("AgentVersion", "3.3.4108.0")
                            .put("PlatformName", "Amazon Linux")
                            .put("PlatformVersion", "2023"));
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.set("InstanceInformationList", agents);
        return Optional.of(WireAnswer.json(answer.toString()));
    }

    /** Moto runs functions in containers, which are not to be had everywhere: their own code answers here. */
    private Optional<WireAnswer> invocation(WireCall call) {
        String name = call.target().replaceFirst(".*/functions/([^/]+)/invocations.*", "$1");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        byte[] answer;
        try {
            answer = functions.get(name).apply(call.body());
        } catch (FunctionFailure failure) {
            headers.put("X-Amz-Function-Error", List.of("Unhandled"));
            answer = FunctionJson.write(FunctionErrorPayload.of(failure));
        }
        return Optional.of(new WireAnswer(OK, headers, answer));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(json, broken);
        }
    }
}
