package org.amibakery.builder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;

class LaunchCallTest {
    private final RunInstancesRequest call = LaunchCall.of(Launches.first("ami-1", "subnet-1"));

    @Test
    void the_same_launch_gives_the_same_call() {
        assertThat(LaunchCall.of(Launches.first("ami-1", "subnet-1"))).isEqualTo(call);
    }

    @Test
    void the_call_carries_the_token_that_history_recorded() {
        assertThat(call.clientToken())
                .isEqualTo(Launches.first("ami-1", "subnet-1").token().value());
    }

    @Test
    void metadata_takes_session_tokens_alone_one_hop_away() {
        assertThat(call.metadataOptions().httpTokens()).isEqualTo(HttpTokensState.REQUIRED);
        assertThat(call.metadataOptions().httpPutResponseHopLimit()).isEqualTo(1);
    }

    @Test
    void nobody_can_log_in_and_powering_off_terminates() {
        assertThat(call.keyName()).isNull();
        assertThat(call.instanceInitiatedShutdownBehavior()).isEqualTo(ShutdownBehavior.TERMINATE);
    }

    @Test
    void the_builder_has_no_public_address_whatever_its_subnet_says() {
        assertThat(call.networkInterfaces()).singleElement().satisfies(card -> {
            assertThat(card.deviceIndex()).isZero();
            assertThat(card.associatePublicIpAddress()).isFalse();
            assertThat(card.deleteOnTermination()).isTrue();
            assertThat(card.subnetId()).isEqualTo("subnet-1");
        });
        assertThat(call.subnetId()).isNull();
        assertThat(call.hasSecurityGroupIds()).isFalse();
    }

    @Test
    void the_root_volume_is_encrypted_and_dies_with_the_builder() {
        assertThat(call.blockDeviceMappings()).singleElement().satisfies(device -> {
            assertThat(device.deviceName()).isEqualTo("/dev/xvda");
            assertThat(device.ebs().encrypted()).isTrue();
            assertThat(device.ebs().deleteOnTermination()).isTrue();
            assertThat(device.ebs().volumeType().toString()).isEqualTo("gp3");
            assertThat(device.ebs().volumeSize()).isEqualTo(12);
        });
    }

    @Test
    void instance_volume_and_interface_are_tagged_from_birth() {
        assertThat(call.tagSpecifications())
                .extracting(specification -> specification.resourceType())
                .containsExactly(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE);
        assertThat(call.tagSpecifications()).allSatisfy(specification -> assertThat(specification.tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .contains("ami-bakery:bake=bake/web/us-east-1", "Name=ami-bakery web"));
    }

    @Test
    void the_expiry_is_all_that_user_data_adds_to_the_published_script() throws IOException {
        String published = Files.readString(Path.of("../infrastructure/builder/user-data.sh"));

        assertThat(Base64.getDecoder().decode(call.userData()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(published.replace("@@EXPIRES@@", "2026-11-23T18:00:00Z"));
    }

    @Test
    void the_user_data_arms_the_self_destruct_for_the_expiry() {
        String script = new String(Base64.getDecoder().decode(call.userData()), StandardCharsets.UTF_8);
        assertThat(script).startsWith("#!/bin/bash").contains("AMI_BAKERY_EXPIRES='2026-11-23T18:00:00Z'\n");
        assertThat(script).doesNotContain("@@EXPIRES@@");
        assertThat(UserData.expiringAt(Instant.parse("2026-11-23T18:00:00.123Z")))
                .isEqualTo(call.userData());
    }
}
