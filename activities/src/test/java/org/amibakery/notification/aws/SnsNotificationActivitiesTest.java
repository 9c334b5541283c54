package org.amibakery.notification.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.notification.Notification;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sns.PublishedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnsNotificationActivitiesTest {
    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final String topic = clients.sns(new Region("us-east-1"))
            .createTopic(it -> it.name("bakes"))
            .topicArn();

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
    }

    @Test
    void publishes_to_the_installations_topic_with_attributes_for_filters() {
        installedWith(Optional.of(topic)).send(notification("Window weekly completed", Optional.empty()));

        assertThat(simulator.sns().published()).singleElement().satisfies(message -> {
            assertThat(message.topicArn()).isEqualTo(topic);
            assertThat(message.subject()).contains("Window weekly completed");
            assertThat(message.message()).isEqualTo("web: baked");
            assertThat(message.attributes()).isEqualTo(Map.of("kind", "window", "state", "completed"));
        });
    }

    @Test
    void publishes_to_the_topic_that_the_notification_names_wherever_it_is() {
        String elsewhere = clients.sns(new Region("eu-west-1"))
                .createTopic(it -> it.name("bakes"))
                .topicArn();

        installedWith(Optional.of(topic)).send(notification("Done", Optional.of(elsewhere)));

        assertThat(simulator.sns().published())
                .extracting(PublishedMessage::topicArn)
                .containsExactly(elsewhere);
    }

    @Test
    void tells_nobody_where_there_is_no_topic() {
        installedWith(Optional.empty()).send(notification("Done", Optional.empty()));

        assertThat(simulator.sns().published()).isEmpty();
    }

    @Test
    void makes_a_subject_that_sns_takes() {
        String subject = "Bäke\nof " + "x".repeat(120);

        installedWith(Optional.of(topic)).send(notification(subject, Optional.empty()));

        assertThat(simulator.sns().published()).singleElement().satisfies(message -> assertThat(message.subject())
                .contains("B?ke?of " + "x".repeat(88) + "..."));
    }

    @Test
    void says_what_to_do_when_the_topic_is_not_there() {
        SnsNotificationActivities activities = installedWith(Optional.of(topic.replace("bakes", "gone")));

        assertThatThrownBy(() -> activities.send(notification("Done", Optional.empty())))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo("NotFound");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage())
                            .contains("Create the topic, or correct the installation's notifications.");
                });
    }

    private SnsNotificationActivities installedWith(Optional<String> arn) {
        return new SnsNotificationActivities(clients, arn);
    }

    private static Notification notification(String subject, Optional<String> arn) {
        return new Notification(subject, "web: baked", Map.of("kind", "window", "state", "completed", "x", ""), arn);
    }
}
