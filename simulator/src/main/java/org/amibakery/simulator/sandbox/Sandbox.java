package org.amibakery.simulator.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder in which machines live: the root they start from, made once and kept, and one folder of the present run, which is
 * removed when the sandbox closes. Several may share a folder. Nothing that was mounted or started outlives this process,
 * and what a killed one left on disk is removed by the next.
 */
public final class Sandbox implements AutoCloseable {
    private static final String RUN = "run-";
    private static final String ALIVE = "alive";

    /** What is in the roots is nobody's business here, programs that change their user least of all. */
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final Path run;
    private final FileChannel alive;
    private final String name;
    private final Thread atExit = new Thread(this::removeEverything, "sandbox at exit");
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Machine> machines = new ArrayList<>();
    private boolean closed;

    private Sandbox(Path root, Path run, FileChannel alive) {
        this.root = root;
        this.run = run;
        this.alive = alive;
        this.name = "bakery-" + run.getFileName().toString().substring(RUN.length());
    }

    /**
     * Opens one, and makes the root of its machines if it is not there, which takes half a minute.
     *
     * @throws SandboxUnavailable when this computer lacks what it takes
     */
    public static Sandbox open(Path folder) {
        Path place = requireNonNull(folder, "folder").toAbsolutePath().normalize();
        Requirements.ofRunning(place);
        try {
            Files.createDirectories(place);
            Path root = BaseRoot.debian().in(place);
            synchronized (Sandbox.class) { // a file lock is the whole process's
                return open(place, root);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Sandbox open(Path place, Path root) throws IOException {
        try (FileChannel gate = FileChannel.open(
                        place.resolve("gate.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = gate.lock()) {
            removeLeftovers(place);
            byte[] random = new byte[4];
            new SecureRandom().nextBytes(random);
            Path run = Files.createDirectory(
                    place.resolve(RUN + HexFormat.of().formatHex(random)),
                    PosixFilePermissions.asFileAttribute(PRIVATE));
            FileChannel alive =
                    FileChannel.open(run.resolve(ALIVE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            alive.lock();
            if (!alone.isValid()) {
                throw new IOException(gate + " was lost");
            }
            Sandbox sandbox = new Sandbox(root, run, alive);
            Runtime.getRuntime().addShutdownHook(sandbox.atExit);
            return sandbox;
        }
    }

    /** The disk of a Debian as a builder's foundation image has it. */
    public Disk debian() {
        return new Disk(List.of(root));
    }

    /** Makes a machine that nobody gives an identity or user data, so that cloud-init rests and it boots at once. */
    public Machine machine(Disk image) {
        return machine(image, fittings -> {});
    }

    /** Makes a machine that was never powered on: a new instance of an image. */
    public Machine instance(Disk image, String instanceId, String userData) {
        return machine(image, fittings -> fittings.seed(instanceId, userData));
    }

    /** Makes a new instance of an image whose aws reaches AWS_ENDPOINT_URL. */
    public Machine builder(Disk image, String instanceId, String userData) {
        return machine(image, fittings -> fittings.seed(instanceId, userData).awsCli());
    }

    private Machine machine(Disk image, Consumer<Fittings> fitter) {
        String machineName = name + "-" + numbers.incrementAndGet();
        Path folder = run.resolve(machineName);
        Fittings fittings = Fittings.in(folder.resolve("fittings"));
        fitter.accept(fittings);
        HostCommand.succeed(
                List.of("chmod", "-R", "u=rwX,go=rX", fittings.layer().toString()));
        synchronized (machines) {
            if (closed) {
                throw new IllegalStateException("The sandbox is closed");
            }
            Enclosure enclosure = Enclosure.over(image.under(fittings.layer()), folder, machineName);
            Machine machine = new Machine(enclosure, image, folder.resolve("console"));
            machines.add(machine);
            return machine;
        }
    }

    /** A folder of this run by a name that nobody else uses, for an image's layer. */
    Path layer(String imageId) {
        return run.resolve(imageId);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            return; // what it does is being done
        }
        removeEverything();
    }

    private void removeEverything() {
        List<Machine> left;
        synchronized (machines) {
            closed = true;
            left = List.copyOf(machines);
        }
        left.parallelStream().forEach(Machine::close);
        try {
            alive.close();
        } catch (IOException unimportant) {
            throw new UncheckedIOException(unimportant);
        }
        remove(run);
    }

    /** Removes the runs whose process is gone. */
    private static void removeLeftovers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.filter(file -> file.getFileName().toString().startsWith(RUN))
                    .toList()) {
                if (isAbandoned(old.resolve(ALIVE))) {
                    remove(old);
                }
            }
        }
    }

    private static boolean isAbandoned(Path alive) {
        try (FileChannel channel = FileChannel.open(alive, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException neverAlive) {
            return true;
        } catch (IOException | OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    static void remove(Path folder) {
        HostCommand.run(List.of("rm", "-rf", "--one-file-system", folder.toString()));
    }
}
