package org.amibakery.simulator.sns;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.Topic;

/** Shows the topics to one account in one region through the SDK's own interface. */
final class SimulatedSns implements SnsClient {
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

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
    public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
        if (request.topicArn() == null || !topics.exists(request.topicArn())) {
            throw SimulatorError.of(404, "NotFound", "Topic does not exist");
        }
        return GetTopicAttributesResponse.builder()
                .attributes(Map.of("TopicArn", request.topicArn(), "Owner", place.account()))
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
        Publication publication = new Publication(request, place);
        String arn = publication.topicArn();
        publication.checkText();
        if (!topics.exists(arn)) {
            throw SimulatorError.of(404, "NotFound", "Topic does not exist");
        }
        String messageId = topics.newMessageId();
        topics.add(new PublishedMessage(
                arn,
                messageId,
                Optional.ofNullable(request.subject()),
                request.message(),
                publication.attributes(),
                topics.clock().now()));
        return PublishResponse.builder().messageId(messageId).build();
    }

    static SimulatorError invalidParameter(String what) {
        return SimulatorError.refused("InvalidParameter", "Invalid parameter: " + what);
    }
}
