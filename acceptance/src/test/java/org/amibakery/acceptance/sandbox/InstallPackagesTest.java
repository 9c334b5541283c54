package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.amibakery.acceptance.sandbox.AptRepository.Deb;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A recipe's packages are installed, on a Debian with real apt, dpkg and systemd. */
@OnRealMachines
class InstallPackagesTest {
    private static final String INSTALL = "debian/install-packages.yaml";

    private static Sandbox sandbox;

    @BeforeAll
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    @Test
    void installs_what_is_asked_and_a_second_run_changes_nothing() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder)
                    .offers(Deb.named("oven", "1.0"))
                    .offers(Deb.named("tray", "2.0"))
                    .offers(Deb.named("spoon", "3.0"));

            String first = builder.succeeds(INSTALL, Map.of("Packages", "oven tray"));
            String second = builder.succeeds(INSTALL, Map.of("Packages", "oven tray"));

            assertThat(first).contains("oven 1.0\ntray 2.0\n").containsPattern("AMI-BAKERY changed=2 packages=\\d+\n$");
            assertThat(second).containsPattern("^AMI-BAKERY changed=0 packages=\\d+\n$");
            assertThat(builder.machine().file("usr/share/spoon")).doesNotExist();
        }
    }

    @Test
    void does_nothing_for_a_recipe_without_packages() {
        try (Builder builder = Builder.booted(sandbox)) {
            assertThat(builder.succeeds(INSTALL, Map.of("Packages", ""))).startsWith("AMI-BAKERY changed=0 packages=");
            assertThat(builder.machine().file("var/log/ami-bakery/install-packages.log.last"))
                    .doesNotExist();
        }
    }

    @Test
    void names_every_package_that_is_not_to_be_had_and_installs_none() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder).offers(Deb.named("oven", "1.0")).offers(Deb.named("ovens", "1.0"));

            // apt-get itself takes a name with a dot for a regular expression, and a trailing minus for a removal
            Exit failed = builder.runs(INSTALL, Map.of("Packages", "oven o.en teapot awscli"));

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr())
                    .isEqualTo("AMI-BAKERY failed: the builder's package sources do not have: o.en teapot awscli;"
                            + " correct packages.install in the recipe\n");
            assertThat(builder.machine().file("usr/share/oven")).doesNotExist();
        }
    }

    @Test
    void fails_with_the_last_words_of_a_package_that_cannot_be_set_up() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder).offers(Deb.named("oven", "1.0").running("echo the oven exploded; exit 3"));

            Exit failed = builder.runs(INSTALL, Map.of("Packages", "oven"));

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.stderr()).contains("the oven exploded", "AMI-BAKERY failed: 'apt-get -y -q ");
        }
    }

    @Test
    void tells_an_agent_that_passes_no_variables_to_be_too_old() {
        try (Builder builder = Builder.booted(sandbox)) {
            Exit failed = builder.runs(INSTALL, Map.of());

            assertThat(failed.code()).isNotZero();
            assertThat(failed.stderr())
                    .contains("the SSM Agent is too old to pass parameters in the environment: it needs 3.3.2746.0");
        }
    }
}
