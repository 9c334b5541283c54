package org.amibakery.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsTest {
    @TempDir
    private Path bin;

    @Test
    void names_every_missing_program_and_how_to_get_it() throws IOException {
        install("unshare");

        assertThatThrownBy(() -> new Requirements("root", bin.toString())
                        .check(List.of("systemd-nspawn", "unshare", "mmdebstrap")))
                .isInstanceOf(SandboxUnavailable.class)
                .hasMessage(
                        "Builders cannot be real here: there is no systemd-nspawn, no mmdebstrap on the PATH. A sandbox"
                                + " takes Linux, root, and the programs of Debian's packages mmdebstrap and systemd-container:"
                                + " apt-get install mmdebstrap systemd-container");
    }

    @Test
    void takes_root() {
        assertThatThrownBy(() -> new Requirements("nobody", bin.toString()).check(List.of()))
                .isInstanceOf(SandboxUnavailable.class)
                .hasMessageStartingWith(
                        "Builders cannot be real here: this is nobody, not root. A sandbox takes Linux,");
    }

    @Test
    void is_content_with_all_programs() throws IOException {
        install("unshare");

        assertThatCode(() -> new Requirements("root", "/nowhere:" + bin).check(List.of("unshare")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/a:b", "/srv/a,b"})
    void refuses_a_folder_that_mount_would_misread(String folder) {
        assertThatThrownBy(() -> Requirements.checkName(Path.of(folder)))
                .isInstanceOf(SandboxUnavailable.class)
                .hasMessage(
                        "Builders cannot live in %s: its name has a colon or a comma. Choose another folder.", folder);
    }

    private void install(String program) throws IOException {
        Files.createFile(bin.resolve(program));
        if (!bin.resolve(program).toFile().setExecutable(true)) {
            throw new IOException(program);
        }
    }
}
