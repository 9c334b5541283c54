package org.amibakery.lambdas.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LargeFleetTest {
    /** What the function has in Lambda; the fake fleet of 100,000 images lives in it as well. */
    private static final String HEAP = "-Xmx512m";

    @Test
    void plans_100000_images_in_the_memory_of_a_small_function() throws IOException, InterruptedException {
        Process plan = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeFleet.class.getName())
                .redirectErrorStream(true)
                .start();
        String told = new String(plan.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        System.out.print(told);
        int kept = LargeFleet.IMAGES - LargeFleet.CAP;
        assertThat(plan.waitFor()).as(told).isZero();
        assertThat(told)
                .contains("deletes: deleted %d, withdrawn 0, kept %d, failed 0, continued false"
                        .formatted(LargeFleet.CAP, kept))
                .contains("disables: deleted 0, withdrawn %d, kept %d, failed 0, continued false"
                        .formatted(LargeFleet.CAP, kept));
    }
}
