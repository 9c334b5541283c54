package org.amibakery.simulator.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A root that machines start from. It is made once, by a script, under a name that follows from the script, and never
 * written to again: what machines change lies in layers of their own.
 */
final class BaseRoot {
    private final String name;
    private final String script;

    private BaseRoot(String name, String script) {
        this.name = name;
        this.script = script;
    }

    /** The root of a Debian as a builder's foundation image has it. */
    static BaseRoot debian() {
        return new BaseRoot("debian", packaged("debian-root.sh"));
    }

    /** Finds it in a folder, or makes it there; whoever comes meanwhile waits. */
    Path in(Path folder) {
        synchronized (BaseRoot.class) { // a file lock is the whole process's
            return alone(folder);
        }
    }

    private Path alone(Path folder) {
        Path root = folder.resolve(name + "-root-" + digest());
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(name + "-root.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            if (alone.isValid() && !Files.exists(root)) {
                make(root);
            }
            return root;
        } catch (IOException failed) {
            throw new UncheckedIOException("The root " + root + " could not be made", failed);
        }
    }

    private void make(Path root) throws IOException {
        Requirements.ofMaking();
        Path unfinished = Files.createTempDirectory(root.getParent(), name + "-root-unfinished-");
        Path program = Files.writeString(unfinished.resolve("make.sh"), script);
        Path content = unfinished.resolve("root");
        Exit made = HostCommand.run(List.of("bash", program.toString(), content.toString()));
        if (made.isSuccess()) {
            Files.move(content, root);
        }
        HostCommand.run(List.of("rm", "-rf", "--one-file-system", unfinished.toString()));
        if (!made.isSuccess()) {
            throw SandboxUnavailable.because("the root of its builders could not be made (%s)"
                    .formatted(made.output().strip()));
        }
    }

    private String digest() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
            return HexFormat.of().formatHex(sha256, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String packaged(String file) {
        try (InputStream content = BaseRoot.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(content, file).readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
