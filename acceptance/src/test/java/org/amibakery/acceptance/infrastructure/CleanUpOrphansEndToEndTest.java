package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.orphans.CleanUpOrphans;
import org.amibakery.lambdas.orphans.CleanUpOrphansReport;
import org.amibakery.lambdas.orphans.CleanUpOrphansRequest;
import org.amibakery.lambdas.orphans.FailedRemoval;
import org.amibakery.lambdas.orphans.OrphanListener;
import org.amibakery.lambdas.orphans.RegionOutOfReach;
import org.amibakery.lambdas.orphans.ResourceKind;
import org.amibakery.lambdas.orphans.SettledResource;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The deployed function, asked as the rule asks it, in an account where a bake died without a worker to clean up. */
class CleanUpOrphansEndToEndTest {
    private static final Instant PAST = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant FUTURE = Instant.parse("2999-01-31T12:00:00Z");

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients aws = SimulatedInstallation.clients(simulator);
    private final Region home = new Region(simulator.options().region());
    private final Ec2Client ec2 = aws.ec2(home);
    private final Stack stack = Stack.standard();

    @BeforeEach
    void install() {
        SimulatedInstallation.install(simulator, aws);
    }

    @AfterEach
    void close() {
        aws.close();
        simulator.close();
    }

    @Test
    void removes_all_that_expired_in_every_region_and_nothing_else() {
        leavesOneOfEach(PAST);
        String copied = copied(unfinishedImage(PAST), new Region("eu-central-1"));
        String living = launched(FUTURE, true);
        simulator.calls().clear();

        CleanUpOrphansReport report = invoked();

        assertThat(report.failed()).isEmpty();
        assertThat(report.regionsOutOfReach()).isEmpty();
        assertThat(report.removed())
                .extracting(SettledResource::kind)
                .contains(ResourceKind.values())
                .hasSizeGreaterThan(ResourceKind.values().length);
        assertThat(report.removed()).extracting(SettledResource::id).contains(copied);
        assertThat(simulator.ledger().leaked())
                .allMatch(left -> left.id().equals(living) || left.origin().equals(living));
        assertThat(report.kept()).extracting(SettledResource::id).containsExactly(living);
        assertThat(invoked().removed()).isEmpty();
    }

    @Test
    void a_region_that_hangs_is_out_of_reach_and_holds_up_no_other() {
        leavesOneOfEach(PAST);
        Fault hang = simulator
                .faults()
                .on("DescribeInstances")
                .inRegion("ap-south-1")
                .beforeCommit(FaultEffect.hang());
        List<String> told = new ArrayList<>();

        CleanUpOrphansReport report =
                new CleanUpOrphans(this::impatient, Clock.systemUTC()).cleanUp(request(), Instant.MAX, telling(told));

        assertThat(hang.timesFired()).isPositive();
        assertThat(report.regionsOutOfReach())
                .extracting(RegionOutOfReach::region)
                .containsExactly("ap-south-1");
        assertThat(report.removed()).hasSizeGreaterThan(4);
        assertThat(told)
                .contains("ap-south-1")
                .containsAll(report.removed().stream().map(SettledResource::id).toList());
    }

    private CleanUpOrphansRequest request() {
        return FunctionJson.readRequest(inputOfTheRule().getBytes(UTF_8), CleanUpOrphansRequest.class);
    }

    /** As the function's own clients, which wait for half a minute. */
    private Ec2Client impatient(String region) {
        return Ec2Client.builder()
                .endpointOverride(simulator.endpoint())
                .region(software.amazon.awssdk.regions.Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        simulator.credentials().id(), simulator.credentials().secret())))
                .overrideConfiguration(override -> override.apiCallTimeout(Duration.ofSeconds(5)))
                .build();
    }

    private static OrphanListener telling(List<String> told) {
        return new OrphanListener() {
            @Override
            public void removed(SettledResource resource) {
                told.add(resource.id());
            }

            @Override
            public void failed(FailedRemoval refusal) {
                told.add(refusal.id());
            }

            @Override
            public void outOfReach(RegionOutOfReach region) {
                told.add(region.region());
            }
        };
    }

    @Test
    void calls_all_that_its_role_allows_and_nothing_more() {
        leavesOneOfEach(PAST);
        simulator.calls().clear();

        invoked();

        assertThat(simulator.calls().all().stream()
                        .filter(call -> call.scope().service().equals("ec2"))
                        .map(call -> "ec2:" + call.operation())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(stack.statements("CleanUpOrphansRole").stream()
                        .flatMap(statement -> Stack.actions(statement).stream())
                        .filter(action -> action.startsWith("ec2:"))
                        .toList());
    }

    private CleanUpOrphansReport invoked() {
        SdkBytes answer = aws.lambda(home)
                .invoke(ask -> ask.functionName("ami-bakery-clean-up-orphans")
                        .payload(SdkBytes.fromUtf8String(inputOfTheRule())))
                .payload();
        return FunctionJson.readAnswer(answer.asByteArray(), CleanUpOrphansReport.class);
    }

    private String inputOfTheRule() {
        return stack.properties("CleanUpOrphansRule").at("/Targets/0/Input").asText();
    }

    private void leavesOneOfEach(Instant expires) {
        String survived = launched(expires, false); // its network interface outlives it
        ec2.terminateInstances(ask -> ask.instanceIds(survived));
        ec2.createVolume(ask ->
                ask.availabilityZone(home.name() + "a").size(8).tagSpecifications(tags(ResourceType.VOLUME, expires)));
        unfinishedImage(expires);
        String image = unfinishedImage(expires);
        ec2.deregisterImage(ask -> ask.imageId(image)); // its snapshot stays
    }

    private String unfinishedImage(Instant expires) {
        String builder = launched(expires, true);
        return ec2.createImage(ask -> ask.instanceId(builder)
                        .name("web-" + builder)
                        .tagSpecifications(tags(ResourceType.IMAGE, expires), tags(ResourceType.SNAPSHOT, expires)))
                .imageId();
    }

    private String copied(String image, Region region) {
        return aws.ec2(region)
                .copyImage(ask -> ask.sourceImageId(image)
                        .sourceRegion(home.name())
                        .name("copy")
                        .tagSpecifications(tags(ResourceType.IMAGE, PAST), tags(ResourceType.SNAPSHOT, PAST)))
                .imageId();
    }

    private String launched(Instant expires, boolean interfaceGoesAlong) {
        return ec2.runInstances(ask -> ask.imageId(anyFoundation())
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1)
                        .networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                                .deviceIndex(0)
                                .deleteOnTermination(interfaceGoesAlong)
                                .build())
                        .tagSpecifications(
                                tags(ResourceType.INSTANCE, expires),
                                tags(ResourceType.VOLUME, expires),
                                tags(ResourceType.NETWORK_INTERFACE, expires)))
                .instances()
                .get(0)
                .instanceId();
    }

    private String anyFoundation() {
        return ec2
                .describeImages(ask -> ask.owners("amazon")
                        .filters(Filter.builder()
                                .name("name")
                                .values("al2023-ami-2023.*-x86_64")
                                .build()))
                .images()
                .stream()
                .filter(image -> image.stateAsString().equals("available"))
                .map(Image::imageId)
                .findFirst()
                .orElseThrow();
    }

    private static TagSpecification tags(ResourceType type, Instant expires) {
        List<Tag> tags = Stream.of(
                        "stack=" + SimulatedInstallation.STACK,
                        "bake=bake/web/us-east-1",
                        "run=run-1",
                        "expires=" + expires,
                        "state=baking")
                .map(text -> text.split("=", 2))
                .map(pair -> Tag.builder()
                        .key("ami-bakery:" + pair[0])
                        .value(pair[1])
                        .build())
                .toList();
        return TagSpecification.builder().resourceType(type).tags(tags).build();
    }
}
