package org.amibakery.simulator.sns;

import static org.amibakery.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.MovableClock;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Uuids;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;

class SnsTest {
    private static final Place HERE = new Place("111122223333", "us-east-1");

    private final MovableClock clock = new MovableClock();
    private final Topics topics = new Topics(SimulatorClock.on(clock), new Uuids(1));
    private final SnsClient sns = topics.clientFor(HERE);

    @Test
    void remembers_what_was_published() {
        String topic = sns.createTopic(it -> it.name("bakes")).topicArn();

        String id = sns.publish(it -> it.topicArn(topic).subject("Done").message("web is baked"))
                .messageId();

        PublishedMessage message = topics.published().get(0);
        assertThat(message.messageId()).isEqualTo(id);
        assertThat(message.topicArn()).isEqualTo("arn:aws:sns:us-east-1:111122223333:bakes");
        assertThat(message.subject()).isEqualTo(Optional.of("Done"));
        assertThat(message.message()).isEqualTo("web is baked");
        assertThat(message.publishedAt()).isEqualTo(clock.instant());
    }

    @Test
    void answers_the_same_topic_when_it_is_created_again() {
        String first = sns.createTopic(it -> it.name("bakes")).topicArn();
        String second = sns.createTopic(it -> it.name("bakes")).topicArn();

        assertThat(second).isEqualTo(first);
        assertThat(sns.listTopics(it -> {}).topics()).hasSize(1);
    }

    @Test
    void refuses_topics_that_do_not_exist() {
        assertRefused(
                        "NotFound",
                        () -> sns.publish(it -> it.topicArn("arn:aws:sns:us-east-1:111122223333:gone")
                                .message("x")))
                .returns("Topic does not exist", SimulatorError::getMessage)
                .returns(404, SimulatorError::status);
    }

    @Test
    void refuses_an_empty_message_a_long_one_and_a_subject_of_two_lines() {
        String topic = topics.topic(HERE, "bakes");

        assertRefused(
                        "InvalidParameter",
                        () -> sns.publish(it -> it.topicArn(topic).message("")))
                .returns("Invalid parameter: Empty message", SimulatorError::getMessage);
        assertRefused(
                        "InvalidParameter",
                        () -> sns.publish(it -> it.topicArn(topic).message("x".repeat(262_145))))
                .returns("Invalid parameter: Message too long", SimulatorError::getMessage);
        assertRefused(
                        "InvalidParameter",
                        () -> sns.publish(it -> it.topicArn(topic).message("x").subject("a\nb")))
                .returns("Invalid parameter: Subject", SimulatorError::getMessage);
    }

    @Test
    void refuses_a_topic_of_another_region() {
        String topic = topics.topic(new Place(HERE.account(), "eu-west-1"), "bakes");

        assertRefused(
                        "InvalidParameter",
                        () -> sns.publish(it -> it.topicArn(topic).message("x")))
                .returns("Invalid parameter: TopicArn", SimulatorError::getMessage);
    }
}
