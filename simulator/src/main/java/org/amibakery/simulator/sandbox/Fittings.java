package org.amibakery.simulator.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a machine needs in order to run here, in a layer of its own above its image's root, so that it is in no image: what
 * cloud-init would ask the metadata service for, this computer's name servers, and no SSH server, since the machine shares
 * this computer's network. Written before the machine starts; overlayfs forbids changes later.
 */
final class Fittings {
    private static final Path SEED = Path.of("var/lib/cloud/seed/nocloud");

    private final Path layer;

    private Fittings(Path layer) {
        this.layer = layer;
    }

    /** Begins with an empty layer in this folder. */
    static Fittings in(Path layer) {
        Fittings fittings = new Fittings(layer);
        fittings.mask("ssh.service");
        fittings.mask("sshd.service");
        fittings.nameServers();
        return fittings;
    }

    Path layer() {
        return layer;
    }

    /** What the metadata service would tell: a new instance id lets cloud-init run its user data. Without it, cloud-init rests. */
    Fittings seed(String instanceId, String userData) {
        write(
                "etc/cloud/cloud.cfg.d/99-sandbox.cfg",
                """
                datasource_list: [NoCloud]
                network: {config: disabled}
                locale: false
                apt_preserve_sources_list: true
                """);
        write(SEED + "/meta-data", "instance-id: %s\nlocal-hostname: builder\n".formatted(instanceId));
        write(SEED + "/user-data", userData);
        return this;
    }

    /** Lets aws reach AWS_ENDPOINT_URL, which Debian 12's (2.9) does not read. */
    Fittings awsCli() {
        Path wrapper = write(
                "usr/local/bin/aws",
                """
                #!/bin/sh
                if [ ! -x /usr/bin/aws ]; then
                  echo "aws: not found; awscli is not installed" >&2
                  exit 127
                fi
                exec /usr/bin/aws ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} "$@"
                """);
        if (!wrapper.toFile().setExecutable(true, false)) {
            throw new IllegalStateException(wrapper + " could not be made executable");
        }
        return this;
    }

    private void mask(String unit) {
        Path link = layer.resolve("etc/systemd/system").resolve(unit);
        try {
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, Path.of("/dev/null"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void nameServers() {
        try {
            write("etc/resolv.conf", Files.readString(Path.of("/etc/resolv.conf"), UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path write(String file, String text) {
        Path path = layer.resolve(file);
        try {
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text, UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
