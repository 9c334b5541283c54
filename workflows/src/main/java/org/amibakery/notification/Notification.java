package org.amibakery.notification;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells people of something that ended.
 *
 * @param subject one line of up to 100 characters; what is longer is cut
 * @param text the whole, for people
 * @param attributes by which subscribers choose what they want to hear of, such as {@code kind} and {@code state}
 * @param topic the ARN of the SNS topic; absent means the installation's, and nobody hears of it if it has none
 */
public record Notification(String subject, String text, Map<String, String> attributes, Optional<String> topic) {
    public Notification {
        requireNonNull(subject, "subject");
        requireNonNull(text, "text");
        attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
        topic = topic == null ? Optional.empty() : topic;
    }
}
