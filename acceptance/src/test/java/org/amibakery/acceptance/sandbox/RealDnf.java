package org.amibakery.acceptance.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.amibakery.acceptance.sandbox.RpmRepository.Rpm;
import org.amibakery.simulator.sandbox.Disk;
import org.amibakery.simulator.sandbox.Sandbox;

/**
 * The root of a machine with a real dnf that all tests of this process share: a Debian that is an Amazon Linux by name, made
 * in a quarter of a minute, on the release {@value #OLD} with its oldest kernel.
 */
final class RealDnf {
    static final String OLD = "2023.8.20250707";
    static final String NEW = "2023.9.20251001";

    /** As uname tells a kernel and rpm names it: the packages of the tests are of no architecture. */
    static final String OLD_KERNEL = "6.12.1-1.noarch";

    static final String NEW_KERNEL = "6.12.9-1.noarch";

    private static final Path SCRIPT = Path.of("src", "test", "sandbox", "amazon-linux.sh");
    private static final Supplier<Disk> SHARED = new Lazily();

    private RealDnf() {}

    /** Boots a machine of it, without cloud-init, whose repositories have what is installed and nothing more. */
    static Builder booted() {
        Sandbox sandbox = RealDebian.require();
        return Builder.started(sandbox, sandbox.machine(SHARED.get())).awaitBooted();
    }

    private static Disk make() {
        Sandbox sandbox = RealDebian.require();
        Builder machine = Builder.booted(sandbox); // closed with the sandbox, since others are built on its layer
        machine.shell(text());
        new RpmRepository(machine)
                .offers(OLD, Rpm.release(OLD))
                .offers(OLD, Rpm.named("bash", "5.2").providing("/bin/sh"))
                .offers(OLD, Rpm.kernel("6.12.1"))
                .offers(OLD, Rpm.named("oven", "1.0"));
        machine.shell("rpm --install /srv/repository/%s/*.rpm 2>/dev/null; echo %s >/etc/running-kernel"
                .formatted(OLD, OLD_KERNEL));
        machine.shell("mkdir /srv/repository/latest && createrepo_c -q /srv/repository/latest");
        machine.machine().powerOff();
        return machine.machine().disk();
    }

    private static String text() {
        try {
            return Files.readString(SCRIPT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Lazily implements Supplier<Disk> {
        private Disk disk;

        @Override
        public synchronized Disk get() {
            if (disk == null) {
                disk = make();
            }
            return disk;
        }
    }
}
