package org.amibakery.image.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.InstanceId;
import org.amibakery.image.CreateImage;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** A simulated region with one stopped builder in it, to make images of. */
final class StoppedBuilder implements AutoCloseable {
    static final Region REGION = new Region("us-east-1");
    static final String BAKE = "bake/web/us-east-1";
    static final String NAME = "web-2026-01-01T00-00-00Z";
    static final Map<String, String> TAGS = Map.of(
            "Name", NAME,
            "ami-bakery:bake", BAKE,
            "ami-bakery:run", "run-1",
            "ami-bakery:expires", "2026-01-02T00:00:00Z",
            "ami-bakery:state", "baking");

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients clients = AwsClients.at(new AwsEndpoint(
            simulator.endpoint(),
            simulator.credentials().id(),
            simulator.credentials().secret()));
    private final String foundation;
    private final String instance;

    StoppedBuilder() {
        foundation = ec2().describeImages(request -> request.owners("137112412989")).images().stream()
                .filter(image -> image.architectureAsString().equals("x86_64"))
                .filter(image -> image.stateAsString().equals("available"))
                .findFirst()
                .orElseThrow()
                .imageId();
        instance = launched(foundation);
        ec2().stopInstances(request -> request.instanceIds(instance));
    }

    private String launched(String foundation) {
        return ec2().runInstances(request -> request.imageId(foundation)
                        .instanceType(InstanceType.T3_MEDIUM)
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .get(0)
                .instanceId();
    }

    Simulator simulator() {
        return simulator;
    }

    AwsClients clients() {
        return clients;
    }

    Ec2Client ec2() {
        return clients.ec2(REGION);
    }

    CreateImage request() {
        return request(instance);
    }

    /** As after a reset: the same bake and run, and a builder launched since. */
    CreateImage requestOfAnotherBuilder() {
        String other = launched(foundation);
        ec2().stopInstances(request -> request.instanceIds(other));
        return request(other);
    }

    private static CreateImage request(String instance) {
        return new CreateImage(new BuilderRef(REGION, new InstanceId(instance)), NAME, "a test", BAKE, TAGS);
    }

    void terminate() {
        ec2().terminateInstances(request -> request.instanceIds(instance));
    }

    /** An image of the account that this bake did not make. */
    String owns(Map<String, String> tags) {
        return simulator.ec2().ownsImage(NAME, Instant.parse("2026-01-01T00:00:00Z"), tags);
    }

    List<Image> images() {
        return ec2().describeImages(
                        DescribeImagesRequest.builder().owners("self").build())
                .images();
    }

    List<Snapshot> snapshots() {
        return ec2().describeSnapshots(request -> request.ownerIds("self")).snapshots();
    }

    @Override
    public void close() {
        clients.close();
        simulator.close();
    }
}
