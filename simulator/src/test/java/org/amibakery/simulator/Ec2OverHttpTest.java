package org.amibakery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

class Ec2OverHttpTest {
    private final Simulator aws = Simulator.start(SimulatorOptions.forTests().withRegion("eu-west-1"));
    private final Ec2Client ec2 = Ec2Client.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    aws.credentials().id(), aws.credentials().secret())))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();

    @AfterEach
    void stop() {
        ec2.close();
        aws.close();
    }

    @Test
    void an_image_is_baked_by_the_real_sdk() {
        String instanceId = ec2.runInstances(aLaunch()).instances().get(0).instanceId();
        ec2.stopInstances(request -> request.instanceIds(instanceId));
        String imageId = ec2.createImage(
                        request -> request.instanceId(instanceId).name("web-1"))
                .imageId();
        ec2.createTags(request -> request.resources(imageId)
                .tags(Tag.builder().key("ami-bakery:state").value("good").build()));
        ec2.terminateInstances(request -> request.instanceIds(instanceId));

        assertThat(ec2.describeImages(request -> request.owners("self")).images())
                .singleElement()
                .satisfies(image -> assertThat(image.stateAsString()).isEqualTo("available"));
        assertThat(aws.ledger().leaked()).isEmpty();
        assertThat(aws.calls().count("CreateImage")).isEqualTo(1);
    }

    @Test
    void a_lost_reply_is_repeated_with_the_same_token_and_launches_once() {
        Fault lost = aws.faults().on("RunInstances").atCall(1).afterCommit(FaultEffect.close());

        ec2.runInstances(aLaunch());

        assertThat(lost.timesFired()).isEqualTo(1);
        assertThat(aws.calls().count("RunInstances")).isEqualTo(2);
        assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
    }

    @Test
    void a_lack_of_capacity_is_an_http_500() {
        aws.ec2().hasNoCapacityFor("t3.micro");

        assertThatThrownBy(() -> ec2.runInstances(aLaunch()))
                .isInstanceOfSatisfying(Ec2Exception.class, error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InsufficientInstanceCapacity");
                    assertThat(error.statusCode()).isEqualTo(500);
                })
                .hasMessageContaining("t3.micro");
    }

    @Test
    void a_dry_run_launches_nothing() {
        assertThatThrownBy(() ->
                        ec2.runInstances(aLaunch().toBuilder().dryRun(true).build()))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation"))
                .hasMessageContaining("would have succeeded");

        assertThat(aws.ledger().buildersEverLaunched()).isEmpty();
    }

    private RunInstancesRequest aLaunch() {
        Image newest = ec2
                .describeImages(request -> request.owners("amazon")
                        .filters(
                                Filter.builder()
                                        .name("state")
                                        .values("available")
                                        .build(),
                                Filter.builder()
                                        .name("architecture")
                                        .values("x86_64")
                                        .build()))
                .images()
                .stream()
                .max(Comparator.comparing(Image::creationDate))
                .orElseThrow();
        return RunInstancesRequest.builder()
                .imageId(newest.imageId())
                .instanceType("t3.micro")
                .minCount(1)
                .maxCount(1)
                .build();
    }
}
