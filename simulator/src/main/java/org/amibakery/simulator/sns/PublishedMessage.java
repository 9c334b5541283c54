package org.amibakery.simulator.sns;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One message as its topic received it.
 *
 * @param topicArn the topic
 * @param messageId the id the publisher was given
 * @param subject the subject line of e-mail deliveries, if one was sent
 * @param message the text
 * @param attributes the message attributes of type String by name
 * @param publishedAt when it was accepted
 */
public record PublishedMessage(
        String topicArn,
        String messageId,
        Optional<String> subject,
        String message,
        Map<String, String> attributes,
        Instant publishedAt) {
    /** Refuses absent parts. */
    public PublishedMessage {
        requireNonNull(topicArn, "topicArn");
        requireNonNull(messageId, "messageId");
        requireNonNull(subject, "subject");
        requireNonNull(message, "message");
        attributes = Map.copyOf(attributes);
        requireNonNull(publishedAt, "publishedAt");
    }
}
