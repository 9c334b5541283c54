package org.amibakery.acceptance.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.amibakery.authored.AuthoredText;
import org.amibakery.configuration.Functions;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.configuration.Network;
import org.amibakery.recipe.Region;
import org.junit.jupiter.api.Test;

/** What the template writes for the worker, read by the worker's own reader. */
class ConfigurationParameterTest {
    /** SSM takes so many characters in a parameter that costs nothing (PutParameter, Value). */
    private static final int MOST_CHARACTERS = 4_096;

    @Test
    void tells_the_worker_all_that_the_stack_made() {
        Stack stack = Stack.standard();

        Installation installation = read(stack);

        assertThat(installation.stack()).isEqualTo("ami-bakery");
        assertThat(installation.region()).isEqualTo(new Region("us-east-1"));
        assertThat(installation.network())
                .isEqualTo(new Network(
                        List.of("subnet-0a1b2c3d", "subnet-1a2b3c4d"),
                        List.of(stack.reference("BuilderSecurityGroup")),
                        false));
        assertThat(installation.instanceProfile()).isEqualTo(stack.reference("BuilderProfile"));
        assertThat(installation.functions())
                .isEqualTo(new Functions(false, "ami-bakery-find-foundation-image", "ami-bakery-clean-up-images"));
        assertThat(installation.documentPrefix()).isEqualTo("ami-bakery");
        assertThat(installation.playbookBucket()).contains(stack.reference("Bucket"));
        assertThat(installation.outputBucket()).contains(stack.reference("Bucket"));
        assertThat(installation.notificationTopic()).contains(stack.reference("Topic"));
    }

    @Test
    void is_where_the_worker_looks_for_it() {
        Stack stack = Stack.standard();

        assertThat(stack.properties("Configuration").get("Name").asText())
                .isEqualTo(Installation.parameterOf(stack.name()));
    }

    @Test
    void gives_builders_public_addresses_where_that_was_asked_for() {
        Installation installation = read(Stack.with(Map.of("PublicIp", "true", "Subnets", "subnet-0a1b2c3d")));

        assertThat(installation.network().publicIp()).isTrue();
        assertThat(installation.network().subnets()).containsExactly("subnet-0a1b2c3d");
    }

    @Test
    void has_room_for_many_subnets() {
        Stack stack =
                Stack.with(Map.of("Subnets", String.join(",", Collections.nCopies(100, "subnet-0a1b2c3d4e5f67890"))));

        assertThat(value(stack)).hasSizeLessThan(MOST_CHARACTERS);
        assertThat(read(stack).network().subnets()).hasSize(100);
    }

    private static Installation read(Stack stack) {
        return new InstallationReader().read(Map.of(), new AuthoredText("the template", value(stack)));
    }

    private static String value(Stack stack) {
        return stack.properties("Configuration").get("Value").asText();
    }
}
