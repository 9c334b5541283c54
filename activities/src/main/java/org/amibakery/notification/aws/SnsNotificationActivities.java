package org.amibakery.notification.aws;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.SnsErrors;
import org.amibakery.notification.Notification;
import org.amibakery.notification.NotificationActivities;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Publishes to an SNS topic. Attributes go along as message attributes, by which a subscription's filter policy chooses
 * (Publish, MessageAttributes).
 */
public final class SnsNotificationActivities implements NotificationActivities {
    /** Publish, Subject: fewer than 100 characters of ASCII, no control characters. */
    private static final int LONGEST_SUBJECT = 99;

    /** Publish, Message: 262,144 bytes at most, of which attributes use some. */
    private static final int LONGEST_TEXT = 250_000;

    private static final int REGION_PART = 3;

    private final AwsClients clients;
    private final Optional<String> topic;

    /** Takes the clients, and the topic of those who name none. */
    public SnsNotificationActivities(AwsClients clients, Optional<String> topic) {
        this.clients = requireNonNull(clients, "clients");
        this.topic = requireNonNull(topic, "topic");
    }

    @Override
    public void send(Notification notification) {
        notification.topic().or(() -> topic).ifPresent(arn -> publish(arn, notification));
    }

    private void publish(String arn, Notification notification) {
        Region region = new Region(arn.split(":", -1)[REGION_PART]);
        PublishRequest request = PublishRequest.builder()
                .topicArn(arn)
                .subject(subject(notification.subject()))
                .message(cut(notification.text()))
                .messageAttributes(attributes(notification.attributes()))
                .build();
        SnsErrors.PUBLISH.perform("Publish", region, () -> clients.sns(region).publish(request));
    }

    private static String subject(String subject) {
        String plain = subject.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= LONGEST_SUBJECT ? plain : plain.substring(0, LONGEST_SUBJECT - 3) + "...";
    }

    private static String cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LONGEST_TEXT
                ? text
                : new String(bytes, 0, LONGEST_TEXT, StandardCharsets.UTF_8) + "\n... the rest is in Temporal.";
    }

    /** SNS refuses empty values. */
    private static Map<String, MessageAttributeValue> attributes(Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (!value.isEmpty()) {
                values.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build());
            }
        });
        return values;
    }
}
