package org.amibakery.simulator.sns;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Topic;

/** Shows the topics to one account in one region through the SDK's own interface. */
final class SimulatedSns implements SnsClient {
    /** The largest message (SNS Publish, Message): 256 KB of UTF-8. */
    private static final int LARGEST_MESSAGE = 262_144;

    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private final Topics topics;
    private final Place place;

    SimulatedSns(Topics topics, Place place) {
        this.topics = topics;
        this.place = place;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateTopicResponse createTopic(CreateTopicRequest request) {
        if (request.name() == null || !TOPIC_NAME.matcher(request.name()).matches()) {
            throw invalidParameter("Topic Name");
        }
        return CreateTopicResponse.builder()
                .topicArn(topics.topic(place, request.name()))
                .build();
    }

    @Override
    public ListTopicsResponse listTopics(ListTopicsRequest request) {
        return ListTopicsResponse.builder()
                .topics(topics.arnsIn(place).stream()
                        .map(arn -> Topic.builder().topicArn(arn).build())
                        .toList())
                .build();
    }

    @Override
    public PublishResponse publish(PublishRequest request) {
        String arn = targetOf(request);
        checkText(request);
        if (!topics.exists(arn)) {
            throw SimulatorError.of(404, "NotFound", "Topic does not exist");
        }
        String messageId = topics.newMessageId();
        topics.add(new PublishedMessage(
                arn,
                messageId,
                Optional.ofNullable(request.subject()),
                request.message(),
                attributesOf(request),
                topics.clock().now()));
        return PublishResponse.builder().messageId(messageId).build();
    }

    private String targetOf(PublishRequest request) {
        String arn = request.topicArn() == null ? request.targetArn() : request.topicArn();
        if (arn == null || !arn.startsWith("arn:aws:sns:" + place.region() + ":") || arn.split(":", -1).length != 6) {
            throw invalidParameter("TopicArn");
        }
        if (!arn.split(":", -1)[4].equals(place.account())) {
            throw SimulatorError.of(
                    403,
                    "AuthorizationError",
                    "User: arn:aws:iam::" + place.account()
                            + ":user/simulator is not authorized to perform: SNS:Publish on resource: " + arn);
        }
        return arn;
    }

    private static void checkText(PublishRequest request) {
        if (request.message() == null || request.message().isEmpty()) {
            throw invalidParameter("Empty message");
        }
        if (request.message().getBytes(StandardCharsets.UTF_8).length > LARGEST_MESSAGE) {
            throw invalidParameter("Message too long");
        }
        if (request.subject() != null && !SUBJECT.matcher(request.subject()).matches()) {
            throw invalidParameter("Subject");
        }
    }

    private static Map<String, String> attributesOf(PublishRequest request) {
        Map<String, String> attributes = new TreeMap<>();
        request.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                attributes.put(name, value.stringValue());
            }
        });
        return attributes;
    }

    private static SimulatorError invalidParameter(String what) {
        return SimulatorError.refused("InvalidParameter", "Invalid parameter: " + what);
    }
}
