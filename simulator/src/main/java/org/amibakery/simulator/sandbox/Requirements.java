package org.amibakery.simulator.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Says what real builders take, before anything is made. */
final class Requirements {
    private static final List<String> TO_RUN = List.of("systemd-nspawn", "unshare", "nsenter", "mount");
    private static final List<String> TO_MAKE = List.of("mmdebstrap", "dpkg-deb");

    private final String user;
    private final String path;

    Requirements(String user, String path) {
        this.user = user;
        this.path = path;
    }

    private static Requirements here() {
        return new Requirements(System.getProperty("user.name"), System.getenv().getOrDefault("PATH", ""));
    }

    /** Refuses a computer that cannot run builders, and a folder they cannot live in. */
    static void ofRunning(Path folder) {
        checkName(folder);
        here().check(TO_RUN);
    }

    /** Refuses a computer that cannot make their root. */
    static void ofMaking() {
        here().check(TO_MAKE);
    }

    void check(List<String> programs) {
        if (!user.equals("root")) {
            throw SandboxUnavailable.because("this is %s, not root".formatted(user));
        }
        List<String> missing =
                programs.stream().filter(program -> !isOnPath(program)).toList();
        if (!missing.isEmpty()) {
            throw SandboxUnavailable.because("there is no %s on the PATH".formatted(String.join(", no ", missing)));
        }
    }

    /** Both characters part the options of a mount. */
    static void checkName(Path folder) {
        if (folder.toString().contains(":") || folder.toString().contains(",")) {
            throw SandboxUnavailable.in(
                    "Builders cannot live in %s: its name has a colon or a comma. Choose another folder."
                            .formatted(folder));
        }
    }

    private boolean isOnPath(String program) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
