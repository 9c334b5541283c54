package org.amibakery.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says on what was measured, in words. */
public record Machine(int processors, long memoryMb, String jvm, String system) {
    static Machine current() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                totalMb(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    String words() {
        return "%d processors, %d MB of memory, %s, %s".formatted(processors, memoryMb, jvm, system);
    }

    private static long totalMb() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException unknown) {
            return 0;
        }
    }
}
