package org.amibakery.simulator.ssm;

import static org.amibakery.simulator.Refusals.assertRefused;
import static org.amibakery.simulator.ssm.SsmWorld.BUILDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

class AgentTest {
    private static final String OTHER = "i-0fffffffffffffff1";

    private final SsmWorld world = new SsmWorld();

    @Test
    void registers_some_time_after_the_instance_runs() {
        world.fleet.runs(OTHER, world.clock.instant());

        world.clock.passes(Duration.ofSeconds(19));
        assertThat(information(OTHER)).isEmpty();
        world.clock.passes(Duration.ofSeconds(1));

        assertThat(information(OTHER))
                .singleElement()
                .returns(PingStatus.ONLINE, InstanceInformation::pingStatus)
                .returns("Amazon Linux", InstanceInformation::platformName)
                .returns("2023", InstanceInformation::platformVersion);
    }

    @Test
    void never_registers_without_an_instance_profile() {
        world.fleet.runsWithoutProfile(OTHER, world.clock.instant());
        world.clock.passes(Duration.ofHours(1));

        assertThat(information(OTHER)).isEmpty();
    }

    @Test
    void comes_late_when_the_world_says_so() {
        world.facts.agentComesLate(Duration.ofMinutes(2));
        world.fleet.runs(OTHER, world.clock.instant());

        world.clock.passes(Duration.ofSeconds(139));
        assertThat(information(OTHER)).isEmpty();
        world.clock.passes(Duration.ofSeconds(1));

        assertThat(information(OTHER)).hasSize(1);
    }

    @Test
    void fails_to_come_on_the_next_instance_alone() {
        world.facts.nextAgentNeverComes();
        world.fleet.runs(OTHER, world.clock.instant());
        world.clock.passes(Duration.ofMinutes(1));
        assertThat(information(OTHER)).isEmpty();

        world.fleet.runs("i-0fffffffffffffff2", world.clock.instant());
        world.clock.passes(Duration.ofMinutes(1));

        assertThat(information("i-0fffffffffffffff2")).hasSize(1);
        assertThat(information(BUILDER)).hasSize(1);
    }

    @Test
    void seems_online_for_up_to_5_minutes_after_its_instance_stopped() {
        assertThat(information(BUILDER)).hasSize(1);
        world.fleet.stops(BUILDER);

        world.clock.passes(Duration.ofMinutes(4));
        assertThat(information(BUILDER))
                .extracting(InstanceInformation::pingStatus)
                .containsExactly(PingStatus.ONLINE);
        world.clock.passes(Duration.ofMinutes(2));

        assertThat(information(BUILDER))
                .extracting(InstanceInformation::pingStatus)
                .containsExactly(PingStatus.CONNECTION_LOST);
    }

    @Test
    void is_forgotten_when_its_instance_is_terminated() {
        world.fleet.terminates(BUILDER);

        assertThat(information(BUILDER)).isEmpty();
    }

    @Test
    void is_listed_page_by_page_and_by_tag_and_status() {
        for (int number = 0; number < 7; number++) {
            world.fleet.runs("i-0fffffffffffffff" + number, world.clock.instant());
        }
        world.clock.passes(Duration.ofMinutes(1));

        assertThat(world.ssm.describeInstanceInformationPaginator(it -> it.maxResults(5)).stream()
                        .map(page -> page.instanceInformationList().size()))
                .containsExactly(5, 3);
        assertThat(world.ssm
                        .describeInstanceInformation(it -> it.filters(List.of(
                                filter("tag:Name", List.of("builder-" + BUILDER)),
                                filter("PingStatus", List.of("Online")))))
                        .instanceInformationList())
                .extracting(InstanceInformation::instanceId)
                .containsExactly(BUILDER);
    }

    @Test
    void refuses_pages_below_5_filters_beyond_100_values_and_unknown_keys() {
        assertRefused("ValidationException", () -> world.ssm.describeInstanceInformation(it -> it.maxResults(4)))
                .satisfies(error -> assertThat(error).hasMessageContaining("greater than or equal to 5"));
        assertRefused(
                        "ValidationException",
                        () -> world.ssm.describeInstanceInformation(
                                it -> it.filters(List.of(filter("InstanceIds", Collections.nCopies(101, BUILDER))))))
                .satisfies(error -> assertThat(error).hasMessageContaining("between 1 and 100"));
        assertRefused(
                        "InvalidFilterKey",
                        () -> world.ssm.describeInstanceInformation(
                                it -> it.filters(List.of(filter("Colour", List.of("red"))))))
                .satisfies(error -> assertThat(error).hasMessageContaining("Colour"));
    }

    private List<InstanceInformation> information(String instanceId) {
        return world.ssm
                .describeInstanceInformation(it -> it.filters(List.of(filter("InstanceIds", List.of(instanceId)))))
                .instanceInformationList();
    }

    private static InstanceInformationStringFilter filter(String key, List<String> values) {
        return InstanceInformationStringFilter.builder().key(key).values(values).build();
    }
}
