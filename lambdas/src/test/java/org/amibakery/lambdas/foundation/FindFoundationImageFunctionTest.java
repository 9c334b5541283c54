package org.amibakery.lambdas.foundation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.anImage;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.FunctionJson;
import org.junit.jupiter.api.Test;

class FindFoundationImageFunctionTest {
    @Test
    void answers_json_with_json_from_the_region_asked_for() throws IOException {
        FakeFleet fleet = new FakeFleet(23);
        fleet.has(anImage("ami-1").build());
        List<String> regions = new ArrayList<>();
        FindFoundationImageFunction function = new FindFoundationImageFunction(
                region -> {
                    regions.add(region);
                    return fleet;
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
        String request = "{\"name\":\"al2023-*\",\"owners\":[\"amazon\"],\"architecture\":\"x86_64\","
                + "\"region\":\"eu-west-1\"}";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(request.getBytes(UTF_8)), answer, null);

        assertThat(FunctionJson.readAnswer(answer.toByteArray(), FoundationImageAnswer.class)
                        .imageId())
                .isEqualTo("ami-1");
        assertThat(regions).containsExactly("eu-west-1");
    }
}
