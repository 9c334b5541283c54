package org.amibakery.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.Machines;
import org.amibakery.simulator.world.MovableClock;
import org.amibakery.simulator.world.NoMachines;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** EC2 with AWS's durations on a clock that only the test moves. */
final class QuietEc2 {
    static final Place HOME = new Place("123456789012", "eu-west-1");

    final MovableClock clock = new MovableClock();
    final Ledger ledger = new Ledger();
    final Ec2World world;
    final Ec2Client ec2;
    final Ec2Facts facts;

    private QuietEc2(Ec2World.Limits limits, Machines machines) {
        world = new Ec2World(SimulatorClock.on(clock), Timings.realistic(), 1, ledger, limits, machines);
        ec2 = world.at(HOME);
        facts = world.factsAt(HOME);
    }

    static QuietEc2 unlimited() {
        return new QuietEc2(Ec2World.Limits.NONE, new NoMachines());
    }

    static QuietEc2 withMachines(Machines machines) {
        return new QuietEc2(Ec2World.Limits.NONE, machines);
    }

    static QuietEc2 withPublishedLimits() {
        return new QuietEc2(Ec2World.Limits.PUBLISHED, new NoMachines());
    }

    Ec2Client inRegion(String region) {
        return world.at(new Place(HOME.account(), region));
    }

    Ec2Client asAccount(String account) {
        return world.at(new Place(account, HOME.region()));
    }

    InstanceFleet fleet() {
        return world.fleetAt(HOME);
    }

    void passes(Duration time) {
        clock.passes(time);
    }

    /** Passes the time after which everything is visible. */
    void settles() {
        passes(Duration.ofSeconds(2));
    }

    /** Finds the newest available Amazon Linux image of Amazon's own. */
    Image amazonLinux(String architecture) {
        return ec2
                .describeImages(request -> request.owners("amazon")
                        .filters(
                                filter("name", "al2023-ami-2023.*-kernel-6.1-" + architecture),
                                filter("state", "available")))
                .images()
                .stream()
                .max(Comparator.comparing(Image::creationDate))
                .orElseThrow();
    }

    RunInstancesRequest.Builder aLaunch() {
        return RunInstancesRequest.builder()
                .imageId(amazonLinux("x86_64").imageId())
                .instanceType("t3.medium")
                .minCount(1)
                .maxCount(1);
    }

    /** Launches an instance that is running and visible when this returns. */
    Instance runningInstance() {
        return runningInstance(launch -> {});
    }

    Instance runningInstance(Consumer<RunInstancesRequest.Builder> change) {
        RunInstancesRequest.Builder launch = aLaunch();
        change.accept(launch);
        String id = ec2.runInstances(launch.build()).instances().get(0).instanceId();
        passes(Duration.ofSeconds(8));
        return instance(id);
    }

    Instance instance(String id) {
        return ec2.describeInstances(request -> request.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0);
    }

    String stateOf(String instanceId) {
        return instance(instanceId).state().nameAsString();
    }

    List<String> instanceIds(Filter... filters) {
        return ec2.describeInstances(request -> request.filters(filters)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }

    Image image(String id) {
        return ec2.describeImages(request -> request.imageIds(id)).images().get(0);
    }

    /** Makes an image that is available and visible when this returns. */
    Image availableImage(String name) {
        String instanceId = runningInstance().instanceId();
        String id = ec2.createImage(request -> request.instanceId(instanceId).name(name))
                .imageId();
        passes(Duration.ofMinutes(2));
        return image(id);
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** Makes the tags of one resource type in a request. */
    static TagSpecification tags(String resourceType, String key, String value) {
        return TagSpecification.builder()
                .resourceType(resourceType)
                .tags(Tag.builder().key(key).value(value).build())
                .build();
    }

    /** Changes the root device of Amazon Linux in a launch. */
    static BlockDeviceMapping rootDevice(Consumer<EbsBlockDevice.Builder> ebs) {
        return BlockDeviceMapping.builder().deviceName("/dev/xvda").ebs(ebs).build();
    }

    /** Asserts that a call is refused with this error code; the message remains to be asserted. */
    static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String code, ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(SimulatorError.class, error -> assertThat(error.code())
                .isEqualTo(code));
    }
}
