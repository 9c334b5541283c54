package org.amibakery.doctor;

import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** Examines the topic of the notifications. Nothing is published: people would hear of it. */
final class TopicCheckup implements Checkup {
    private static final String SUBJECT = "notifications";
    private static final int REGION_PART = 3;

    private final AwsClients clients;
    private final Installation installation;

    TopicCheckup(AwsClients clients, Installation installation) {
        this.clients = clients;
        this.installation = installation;
    }

    @Override
    public List<Finding> examine() {
        return List.of(installation
                .notificationTopic()
                .map(this::topic)
                .orElseGet(() -> Finding.good(SUBJECT, "Nobody is notified: no topic is configured.")));
    }

    private Finding topic(String arn) {
        Region region = new Region(arn.split(":", -1)[REGION_PART]);
        Optional<SdkException> refusal =
                AwsAnswers.refusal(() -> clients.sns(region).getTopicAttributes(ask -> ask.topicArn(arn)));
        if (refusal.isEmpty()) {
            return Finding.good(SUBJECT, "Ends are told to %s.".formatted(arn));
        }
        return refusal.get() instanceof NotFoundException
                ? Finding.warning(
                        SUBJECT,
                        "There is no topic %s, so nobody is notified.".formatted(arn),
                        "Correct notifications.topic, or deploy the stack.")
                : Finding.untried(
                        SUBJECT,
                        "Whether %s is there is unknown: %s.".formatted(arn, AwsAnswers.words(refusal.get())),
                        "Bakes do not need to know; allow sns:GetTopicAttributes to whoever runs the doctor.");
    }
}
