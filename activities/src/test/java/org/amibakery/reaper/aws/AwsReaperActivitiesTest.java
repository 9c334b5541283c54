package org.amibakery.reaper.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.configuration.AnInstallation;
import org.amibakery.reaper.FindRegions;
import org.amibakery.reaper.LookForOrphans;
import org.amibakery.reaper.ReaperActivities;
import org.amibakery.reaper.Removals;
import org.amibakery.reaper.RemoveOrphans;
import org.amibakery.reaper.Resource;
import org.amibakery.reaper.ResourceKind;
import org.amibakery.reaper.Sighting;
import org.amibakery.reaper.Territory;
import org.amibakery.reaper.Verdict;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

class AwsReaperActivitiesTest {
    private static final Region REGION = new Region("us-east-1");
    private static final String STACK = "ami-bakery";

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final AwsReaperActivities reaper = new AwsReaperActivities(
            clients, AnInstallation.of(STACK, REGION), temporal.getWorkflowClient(), Clock.systemUTC());

    @AfterEach
    void close() {
        clients.close();
        simulator.close();
        temporal.close();
    }

    @Test
    void looks_in_every_enabled_region_the_installations_own_first() {
        Territory territory = reaper.findRegions(new FindRegions(Optional.of(STACK)));

        assertThat(territory.stack()).isEqualTo(STACK);
        assertThat(territory.regions()).startsWith(REGION).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        assertThat(territory.warnings()).isEmpty();
    }

    @Test
    void looks_at_home_alone_when_it_may_not_know_the_regions() {
        simulator
                .faults()
                .on("DescribeRegions")
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "You may not.")));

        Territory territory = reaper.findRegions(new FindRegions(Optional.empty()));

        assertThat(territory.regions()).containsExactly(REGION);
        assertThat(territory.warnings())
                .singleElement()
                .asString()
                .startsWith("Only us-east-1 was looked at, as the others are not known: EC2 answered"
                        + " UnauthorizedOperation to DescribeRegions in us-east-1")
                .contains("Allow ec2:DescribeRegions");
    }

    @Test
    void refuses_to_look_for_another_stack() {
        assertThatThrownBy(() -> reaper.findRegions(new FindRegions(Optional.of("other"))))
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> {
                    assertThat(failure.getType()).isEqualTo(ReaperActivities.OTHER_STACK);
                    assertThat(failure.getOriginalMessage())
                            .startsWith("This worker serves the stack ami-bakery and was asked about other.");
                    assertThat(failure.isNonRetryable()).isTrue();
                });
    }

    @Test
    void takes_the_builder_of_an_ended_bake_for_an_orphan_and_spares_that_of_a_living_one() {
        Resource dead = builder("bake/dead/us-east-1", runOf("bake/dead/us-east-1"));
        Resource living = builder("bake/living/us-east-1", runOf("bake/living/us-east-1"));
        terminate("bake/dead/us-east-1");

        Sighting sighting = look();

        assertThat(sighting.orphans()).extracting(Verdict::resource).containsExactly(dead);
        assertThat(sighting.orphans())
                .extracting(Verdict::reason)
                .containsExactly("was left by bake/dead/us-east-1, which has ended");
        assertThat(sighting.kept()).extracting(Verdict::resource).containsExactly(living);
        assertThat(sighting.kept())
                .extracting(Verdict::reason)
                .containsExactly("belongs to bake/living/us-east-1, which runs");
    }

    @Test
    void spares_until_its_expiry_what_a_bake_made_that_temporal_does_not_know() {
        builder("bake/forgotten/us-east-1", "0191f8a0-0000-7000-8000-000000000000");

        Sighting sighting = look();

        assertThat(sighting.orphans()).isEmpty();
        assertThat(sighting.kept()).singleElement().satisfies(kept -> assertThat(kept.reason())
                .startsWith("is not expired before "));
    }

    @Test
    void finds_a_builder_expired_by_temporals_clock_and_never_by_a_fast_one_of_its_own() {
        Resource living = builder("bake/living/us-east-1", runOf("bake/living/us-east-1"));
        Instant now = Instant.now();
        AwsReaperActivities fast = new AwsReaperActivities(
                clients,
                AnInstallation.of(STACK, REGION),
                temporal.getWorkflowClient(),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(6)));

        assertThat(fast.look(new LookForOrphans(STACK, REGION, List.of(), Optional.of(now)))
                        .orphans())
                .isEmpty();
        assertThat(fast.look(new LookForOrphans(STACK, REGION, List.of(), Optional.of(now.plus(Duration.ofHours(6)))))
                        .orphans())
                .extracting(Verdict::resource)
                .containsExactly(living);
    }

    @Test
    void removes_what_it_is_told_to_and_nothing_else() {
        Resource one = builder("bake/dead/us-east-1", runOf("bake/dead/us-east-1"));
        Resource other = builder("bake/dead/us-east-1", runOf("bake/dead/us-east-1"));
        terminate("bake/dead/us-east-1");

        Removals removals = reaper.remove(new RemoveOrphans(STACK, REGION, List.of(one), Optional.empty()));

        assertThat(removals.removed()).extracting(Verdict::resource).containsExactly(one);
        assertThat(removals.failed()).isEmpty();
        assertThat(stateOf(one)).isIn("shutting-down", "terminated");
        assertThat(stateOf(other)).isIn("pending", "running");
    }

    @Test
    void spares_at_the_last_look_what_came_back_to_life() {
        String run = runOf("bake/living/us-east-1");
        Resource living = builder("bake/living/us-east-1", run);

        Removals removals = reaper.remove(new RemoveOrphans(STACK, REGION, List.of(living), Optional.empty()));

        assertThat(removals.removed()).isEmpty();
        assertThat(removals.kept()).extracting(Verdict::resource).containsExactly(living);
        assertThat(stateOf(living)).isIn("pending", "running");
    }

    @Test
    void counts_as_removed_what_an_earlier_attempt_removed() {
        Resource dead = builder("bake/dead/us-east-1", runOf("bake/dead/us-east-1"));
        terminate("bake/dead/us-east-1");
        reaper.remove(new RemoveOrphans(STACK, REGION, List.of(dead), Optional.empty()));

        Removals again = reaper.remove(new RemoveOrphans(STACK, REGION, List.of(dead), Optional.empty()));

        assertThat(again.removed()).extracting(Verdict::reason).containsExactly("was gone already");
    }

    @Test
    void tells_what_ec2_refused_and_goes_on() {
        Resource one = builder("bake/dead/us-east-1", runOf("bake/dead/us-east-1"));
        Resource two = builder("bake/dead/us-east-1", runOf("bake/dead/us-east-1"));
        terminate("bake/dead/us-east-1");
        simulator
                .faults()
                .on("TerminateInstances")
                .atCall(1)
                .beforeCommit(FaultEffect.error(SimulatorError.of(403, "UnauthorizedOperation", "You may not.")));

        Removals removals = reaper.remove(new RemoveOrphans(STACK, REGION, List.of(one, two), Optional.empty()));

        assertThat(removals.removed()).hasSize(1);
        assertThat(removals.failed()).singleElement().satisfies(failed -> assertThat(failed.reason())
                .startsWith("EC2 answered UnauthorizedOperation to TerminateInstances of "));
    }

    private Sighting look() {
        return reaper.look(new LookForOrphans(STACK, REGION, List.of(), Optional.empty()));
    }

    /** Begins a bake that stays open until the test ends it, as nobody polls its queue; or tells of the open one. */
    private String runOf(String bake) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(bake)
                .setTaskQueue("nobody")
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build();
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub("BakeWorkflow", options)
                .start()
                .getRunId();
    }

    private void terminate(String bake) {
        temporal.getWorkflowClient().newUntypedWorkflowStub(bake).terminate("by a test");
    }

    private Resource builder(String bake, String run) {
        Map<String, String> tags = Map.of(
                "ami-bakery:stack", STACK,
                "ami-bakery:bake", bake,
                "ami-bakery:run", run,
                "ami-bakery:expires", Instant.now().plus(Duration.ofHours(5)).toString());
        List<Tag> asTags = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        String id = ec2().runInstances(launch -> launch.imageId(foundation())
                        .instanceType(InstanceType.T3_MEDIUM)
                        .minCount(1)
                        .maxCount(1)
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType("instance")
                                .tags(asTags)
                                .build()))
                .instances()
                .get(0)
                .instanceId();
        return new Resource(ResourceKind.INSTANCE, REGION, id);
    }

    private String foundation() {
        return ec2().describeImages(ask -> ask.owners("137112412989")).images().stream()
                .filter(image -> image.architectureAsString().equals("x86_64"))
                .filter(image -> image.stateAsString().equals("available"))
                .findFirst()
                .orElseThrow()
                .imageId();
    }

    private String stateOf(Resource instance) {
        return ec2().describeInstances(ask -> ask.instanceIds(instance.id()))
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .state()
                .nameAsString();
    }

    private Ec2Client ec2() {
        return clients.ec2(REGION);
    }
}
