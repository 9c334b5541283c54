package org.amibakery.simulator.sns;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Checks what a Publish call brings.
 *
 * @param request the call
 * @param place who calls from where
 */
record Publication(PublishRequest request, Place place) {
    /** The largest message (SNS Publish, Message): 256 KB of UTF-8. */
    private static final int LARGEST_MESSAGE = 262_144;

    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    /** Names the topic; fails when it is malformed, elsewhere or foreign. */
    String topicArn() {
        String arn = request.topicArn() == null ? request.targetArn() : request.topicArn();
        if (arn == null || !arn.startsWith("arn:aws:sns:" + place.region() + ":") || arn.split(":", -1).length != 6) {
            throw SimulatedSns.invalidParameter("TopicArn");
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

    /** Refuses an absent or too long message and a subject no mail could carry. */
    void checkText() {
        if (request.message() == null || request.message().isEmpty()) {
            throw SimulatedSns.invalidParameter("Empty message");
        }
        if (request.message().getBytes(StandardCharsets.UTF_8).length > LARGEST_MESSAGE) {
            throw SimulatedSns.invalidParameter("Message too long");
        }
        if (request.subject() != null && !SUBJECT.matcher(request.subject()).matches()) {
            throw SimulatedSns.invalidParameter("Subject");
        }
    }

    Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        request.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                attributes.put(name, value.stringValue());
            }
        });
        return attributes;
    }
}
