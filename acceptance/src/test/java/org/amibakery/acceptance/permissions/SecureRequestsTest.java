package org.amibakery.acceptance.permissions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.amibakery.acceptance.documents.CommandDocument;
import org.amibakery.simulator.wire.Call;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What was asked of AWS in a run of everything, whatever IAM would have let pass. */
class SecureRequestsTest {
    /** The family that shares its images, and therefore bakes without encryption; the others say nothing of it. */
    private static final Set<String> WITHOUT_ENCRYPTION = Set.of("staged", "failing");

    private static FullRun.Evidence run;

    @BeforeAll
    static void everything_runs() {
        run = FullRun.evidence();
    }

    @Test
    void metadata_of_every_instance_takes_session_tokens_alone_one_hop_away() {
        assertThat(sent(RunInstancesRequest.class)).hasSizeGreaterThan(4).allSatisfy(launch -> {
            InstanceMetadataOptionsRequest metadata = launch.metadataOptions();
            assertThat(metadata.httpTokensAsString()).isEqualTo("required");
            assertThat(metadata.httpPutResponseHopLimit()).isEqualTo(1);
        });
    }

    @Test
    void instances_of_every_image_that_became_good_take_session_tokens_alone_too() {
        List<String> secured = sent(ModifyImageAttributeRequest.class)
                .filter(change -> change.imdsSupport() != null)
                .filter(change -> change.imdsSupport().value().equals("v2.0"))
                .map(ModifyImageAttributeRequest::imageId)
                .toList();

        assertThat(run.world().goodImages()).isNotEmpty().allSatisfy(image -> assertThat(secured)
                .contains(image));
    }

    @Test
    void nobody_can_connect_to_any_instance_or_log_in() {
        assertThat(sent(RunInstancesRequest.class)).allSatisfy(launch -> {
            assertThat(launch.keyName()).isNull();
            assertThat(launch.securityGroupIds()).isEmpty();
            assertThat(launch.networkInterfaces()).singleElement().satisfies(this::isClosed);
        });
        assertThat(calls().map(Call::operation))
                .filteredOn(operation -> !operation.startsWith("Describe"))
                .noneMatch(operation ->
                        operation.matches(".*(KeyPair|SecurityGroup|Role|InstanceProfile|Policy|StartSession).*"));
    }

    private void isClosed(InstanceNetworkInterfaceSpecification card) {
        assertThat(card.associatePublicIpAddress()).isFalse();
        assertThat(card.groups()).containsExactly(run.world().stack().reference("BuilderSecurityGroup"));
    }

    @Test
    void disks_are_encrypted_unless_the_recipe_says_otherwise() {
        assertThat(sent(RunInstancesRequest.class))
                .filteredOn(launch -> !WITHOUT_ENCRYPTION.contains(recipe(launch.tagSpecifications())))
                .isNotEmpty()
                .flatExtracting(RunInstancesRequest::blockDeviceMappings)
                .extracting(BlockDeviceMapping::ebs)
                .allSatisfy(volume -> assertThat(volume.encrypted()).isTrue());
        assertThat(sent(CopyImageRequest.class))
                .filteredOn(copy -> !WITHOUT_ENCRYPTION.contains(recipe(copy.tagSpecifications())))
                .isNotEmpty()
                .allSatisfy(copy -> assertThat(copy.encrypted()).isTrue());
    }

    @Test
    void nothing_is_made_without_the_stacks_tag() {
        Stream<List<TagSpecification>> specifications = Stream.of(
                        sent(RunInstancesRequest.class).map(RunInstancesRequest::tagSpecifications),
                        sent(CreateImageRequest.class).map(CreateImageRequest::tagSpecifications),
                        sent(CopyImageRequest.class).map(CopyImageRequest::tagSpecifications))
                .flatMap(stream -> stream);

        assertThat(specifications).hasSizeGreaterThan(10).allSatisfy(made -> assertThat(made)
                .hasSizeGreaterThan(1)
                .allSatisfy(specification -> assertThat(specification.tags())
                        .contains(Tag.builder()
                                .key("ami-bakery:stack")
                                .value("ami-bakery")
                                .build())));
    }

    @Test
    void no_image_and_no_snapshot_is_opened_to_everybody() {
        assertThat(sent(ModifyImageAttributeRequest.class))
                .allMatch(change -> change.launchPermission() == null
                        || change.launchPermission().add().stream().allMatch(to -> to.group() == null));
        assertThat(sent(ModifySnapshotAttributeRequest.class))
                .isNotEmpty()
                .allMatch(
                        change -> change.createVolumePermission().add().stream().allMatch(to -> to.group() == null));
    }

    @Test
    void user_data_is_the_published_script_with_nothing_but_the_expiry_in_it() {
        assertThat(sent(RunInstancesRequest.class)
                        .map(launch -> new String(Base64.getDecoder().decode(launch.userData()), UTF_8))
                        .map(script -> script.replaceFirst(
                                "AMI_BAKERY_EXPIRES='[0-9TZ:-]+'", "AMI_BAKERY_EXPIRES='@@EXPIRES@@'"))
                        .distinct())
                .containsExactly(CommandDocument.userData());
    }

    @Test
    void only_the_stacks_documents_are_sent_and_what_tests_an_image() {
        Set<String> documents = Set.copyOf(Stream.concat(
                        run.world().stack().ofType("AWS::SSM::Document").values().stream()
                                .map(document -> document.get("Name").asText()),
                        Stream.of("AWS-RunShellScript"))
                .toList());

        assertThat(sent(SendCommandRequest.class).map(SendCommandRequest::documentName))
                .isNotEmpty()
                .allMatch(documents::contains);
    }

    private static String recipe(List<TagSpecification> specifications) {
        return specifications.get(0).tags().stream()
                .filter(tag -> tag.key().equals("ami-bakery:recipe"))
                .map(Tag::value)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Call> calls() {
        return Arrays.stream(Principal.values())
                .flatMap(principal -> run.calls().getOrDefault(principal, List.of()).stream());
    }

    private static <T extends SdkPojo> Stream<T> sent(Class<T> type) {
        return calls().map(call -> call.request().orElseThrow())
                .filter(type::isInstance)
                .map(type::cast);
    }
}
