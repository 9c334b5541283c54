package org.amibakery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerOptions;
import org.amibakery.temporal.EmbeddedTemporal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentTest {
    @Test
    void a_build_id_makes_a_version_of_the_deployment() {
        WorkerDeploymentOptions options = options(Deployment.of("images", "1.4.0"));

        assertThat(options.isUsingVersioning()).isTrue();
        assertThat(options.getVersion().getDeploymentName()).isEqualTo("images");
        assertThat(options.getVersion().getBuildId()).isEqualTo("1.4.0");
    }

    @Test
    void without_a_build_id_there_is_no_version() {
        assertThat(options(Deployment.of("images", ""))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "a.b,1,a deployment's name",
        "'',1,a deployment's name",
        "images,a b,a build id",
        "images,1:2,a build id"
    })
    void what_temporal_would_not_take_is_refused(String name, String buildId, String what) {
        assertThatThrownBy(() -> Deployment.of(name, buildId))
                .isInstanceOf(NoDeployment.class)
                .hasMessageContaining("cannot be " + what);
    }

    @Test
    void a_server_without_deployments_is_named_instead_of_polled_in_vain() {
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start()) {
            assertThatThrownBy(() -> Deployment.of("images", "1").check(temporal.connection()))
                    .isInstanceOf(NoDeployment.class)
                    .hasMessageContaining("UNIMPLEMENTED")
                    .hasMessageContaining("start the worker without --build-id");
        }
    }

    private static WorkerDeploymentOptions options(Deployment deployment) {
        WorkerOptions.Builder options = WorkerOptions.newBuilder();
        deployment.configure(options);
        return options.build().getDeploymentOptions();
    }
}
