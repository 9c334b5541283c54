package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.amibakery.simulator.sandbox.Sandbox;
import org.amibakery.simulator.sandbox.SandboxUnavailable;

/** The one sandbox that all tests of this process share, with the root of a Debian, which is kept with the other tools. */
final class RealDebian {
    private static final Supplier<Sandbox> SHARED = new Lazily();

    private RealDebian() {}

    /** Opens it, which takes half a minute for the first time; skips the tests where it cannot be had, but fails them in CI. */
    static Sandbox require() {
        return requiring(SHARED);
    }

    /** Runs what takes a sandbox; skips the tests where there can be none, but fails them in CI. */
    static <T> T requiring(Supplier<T> what) {
        try {
            return what.get();
        } catch (SandboxUnavailable unavailable) {
            String reason = "Nothing was run on a real Debian. " + unavailable.getMessage();
            if (System.getenv("CI") != null) {
                return fail(reason);
            }
            System.err.println("Skipped: " + reason); // the build's output does not show why a test was skipped
            return abort(reason);
        }
    }

    /** Where roots are kept. */
    static Path folder() {
        String named = System.getenv("BAKERY_TOOLS");
        Path tools =
                named == null ? Path.of(System.getProperty("user.home"), ".cache", "bakery-tools") : Path.of(named);
        return tools.resolve("sandbox");
    }

    private static final class Lazily implements Supplier<Sandbox> {
        private Sandbox sandbox;

        @Override
        public synchronized Sandbox get() {
            if (sandbox == null) {
                sandbox = Sandbox.open(folder());
            }
            return sandbox;
        }
    }
}
