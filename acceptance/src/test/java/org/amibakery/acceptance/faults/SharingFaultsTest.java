package org.amibakery.acceptance.faults;

import static org.amibakery.acceptance.faults.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.amibakery.acceptance.figures.FaultFigures;
import org.amibakery.simulator.wire.Call;
import org.amibakery.simulator.wire.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What keeps a good image from those it is meant for; a parameter tells them which image to launch. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_METHOD)
class SharingFaultsTest {
    private static final String FRIEND = "111122223333";
    private static final String PARAMETER = "/ami-bakery/images/shared";

    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("world of sharing");

    private final TroubledBakery bakery = TroubledBakery.open();

    @BeforeEach
    void nameTheImageBefore() {
        bakery.ssm().parameter(PARAMETER, imageBefore());
    }

    @AfterEach
    void countAndClose() {
        FIGURES.count(bakery.ledger());
        bakery.close();
    }

    @Test
    void a_bake_does_not_name_an_image_whose_key_its_readers_cannot_use() {
        Fault encrypting = OtherVersion.launchesFirst(bakery, SharingFaultsTest::encrypted);

        BakeEnd end = bake();

        end.isComplete();
        assertThat(encrypting.timesFired()).isEqualTo(1);
        assertThat(bakery.simulator().calls().of("ModifySnapshotAttribute"))
                .extracting(Call::errorCode)
                .isNotEmpty()
                .allMatch(code -> code.equals(Optional.of("InvalidParameter")));
        assertWarns(end, "A snapshot that is encrypted with the account's own key cannot be shared (image: encrypt).");
    }

    @Test
    void a_bake_does_not_name_an_image_that_the_account_may_not_share() {
        Fault blocked = bakery.faults()
                .on("ModifyImageAttribute")
                .matching(ModifyImageAttributeRequest.class, change -> change.launchPermission() != null)
                .beforeCommit(refused("OperationNotPermitted"));

        BakeEnd end = bake();

        end.isComplete();
        assertThat(blocked.timesFired()).isEqualTo(1);
        assertWarns(end, "see aws ec2 get-image-block-public-access-state.");
    }

    private void assertWarns(BakeEnd end, String advice) {
        String image = end.report().image().orElseThrow().value();
        assertThat(end.report().warnings())
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The image is good and stays, but stage \"share\" came to nothing: ")
                        .endsWith(advice))
                .contains("Parameter %s names the image before it: not all who read it could launch %s."
                        .formatted(PARAMETER, image));
        assertThat(namedImage()).isEqualTo(imageBefore()).isNotEqualTo(image);
        Promise.isKeptBy(bakery).withBuildersLaunched(1).withImagesMade(1);
    }

    private BakeEnd bake() {
        return bakery.start(TroubledBakery.FAMILY, SharingFaultsTest::share).end();
    }

    private static void share(ObjectNode recipe) {
        ObjectNode image = recipe.withObject("/image").put("encrypt", false).put("parameter", PARAMETER);
        image.putArray("shareWith").add(FRIEND);
    }

    /** As in an account that encrypts every new volume, whoever asks for it. */
    private static RunInstancesRequest encrypted(RunInstancesRequest launch) {
        return launch.toBuilder()
                .blockDeviceMappings(launch.blockDeviceMappings().stream()
                        .map(device -> device.toBuilder()
                                .ebs(device.ebs().toBuilder().encrypted(true).build())
                                .build())
                        .toList())
                .build();
    }

    private String imageBefore() {
        return bakery.imagesInUse().get(TroubledBakery.FAMILY);
    }

    private String namedImage() {
        return bakery.aws()
                .ssm(bakery.installation().region())
                .getParameter(get -> get.name(PARAMETER))
                .parameter()
                .value();
    }
}
