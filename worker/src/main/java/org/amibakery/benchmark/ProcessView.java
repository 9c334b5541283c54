package org.amibakery.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads what the Linux kernel knows of processes. What has ended meanwhile counts as nothing. */
final class ProcessView {
    private static final double KB_IN_MB = 1024.0;
    private static final double TICKS_A_SECOND = 100.0;

    /** Where the fields of /proc/PID/stat begin after the name: state is the third field there (man 5 proc). */
    private static final int FIRST_FIELD = 3;

    private static final int UTIME = 14;
    private static final int CUTIME = 16;

    private ProcessView() {}

    /** Whether this system tells. */
    static boolean isPossible() {
        return Files.isReadable(Path.of("/proc/self/smaps_rollup"));
    }

    /** Resident memory, in MB. */
    static double residentMb(long pid) {
        return field(pid, "status", "VmRSS:") / KB_IN_MB;
    }

    static int threads(long pid) {
        return (int) field(pid, "status", "Threads:");
    }

    /** Resident memory of a process and all it started, in MB, with shared pages counted each time. */
    static double residentMbOfTree(long pid) {
        return tree(pid).mapToDouble(ProcessView::residentMb).sum();
    }

    /** The share of memory that a process and all it started account for, in MB: shared pages are divided. */
    static double proportionalMbOfTree(long pid) {
        return tree(pid)
                        .mapToDouble(each -> field(each, "smaps_rollup", "Pss:"))
                        .sum()
                / KB_IN_MB;
    }

    /** Seconds of CPU, its own alone. */
    static double cpuSeconds(long pid) {
        return stat(pid, UTIME);
    }

    /** Seconds of CPU of those children of this process that have ended. */
    static double cpuSecondsOfEndedChildren() {
        return stat(ProcessHandle.current().pid(), CUTIME);
    }

    private static double stat(long pid, int first) {
        String line = String.join(" ", lines(pid, "stat"));
        if (line.isEmpty()) {
            return 0;
        }
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[first - FIRST_FIELD]) + Long.parseLong(fields[first + 1 - FIRST_FIELD]))
                / TICKS_A_SECOND;
    }

    private static Stream<Long> tree(long pid) {
        Stream<Long> below = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(pid), below);
    }

    private static long field(long pid, String file, String name) {
        return lines(pid, file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file), StandardCharsets.UTF_8);
        } catch (IOException ended) {
            return List.of();
        }
    }
}
