package org.amibakery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
    @TempDir
    private Path folder;

    @Test
    void packer_bakes_an_image_and_leaves_nothing_else() throws Exception {
        try (Simulator aws =
                Simulator.start(SimulatorOptions.defaults().withSpeed(60).withRegion("eu-west-1"))) {
            ForeignTool packer =
                    ForeignTool.require("packer", "Install Packer 1.6.6 with: apt-get install packer", aws);
            Path template = folder.resolve("amazon-ebs.json");
            try (InputStream resource = PackerTest.class.getResourceAsStream("/packer/amazon-ebs.json")) {
                Files.copy(resource, template);
            }

            String output = packer.succeeds(
                    folder, "build", "-color=false", "-var", "endpoint=" + aws.endpoint(), template.toString());

            assertThat(output).contains("AMIs were created");
            assertThat(aws.ledger().imagesEverCreated()).singleElement().satisfies(image -> {
                assertThat(image.state()).isEqualTo("available");
                assertThat(image.tags()).containsEntry("ami-bakery:state", "good");
            });
            assertThat(aws.ledger().buildersEverLaunched()).hasSize(1);
            assertThat(aws.ledger().leaked()).isEmpty();
        }
    }
}
