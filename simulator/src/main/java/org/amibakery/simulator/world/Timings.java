package org.amibakery.simulator.world;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long things take on AWS, before the speed divides them.
 *
 * @param boot pending to running
 * @param agentOnline running to registered with Systems Manager
 * @param stop stopping to stopped
 * @param terminate shutting-down to terminated
 * @param image CreateImage to available
 * @param copy CopyImage to available
 * @param snapshot share of an image's time after which its snapshots are completed
 * @param visibility creation to visible by id and by filter
 * @param tags tagging to visible in look-ups by tag
 * @param terminatedLinger how long a terminated instance stays visible
 * @param deregisteredLinger how long a deregistered image can still be described by id
 * @param deregistrationCooldown protection off to deregistration allowed, when a cooldown was asked for
 * @param commandPickUp command sent to command running
 * @param commands running time of a command, by a part of its document's name
 * @param otherCommands running time of a command of any other document
 */
public record Timings(
        Duration boot,
        Duration agentOnline,
        Duration stop,
        Duration terminate,
        Duration image,
        Duration copy,
        Duration snapshot,
        Duration visibility,
        Duration tags,
        Duration terminatedLinger,
        Duration deregisteredLinger,
        Duration deregistrationCooldown,
        Duration commandPickUp,
        Map<String, Duration> commands,
        Duration otherCommands) {

    public Timings {
        requireNonNull(boot, "boot");
        commands = Map.copyOf(new TreeMap<>(commands));
        requireNonNull(otherCommands, "otherCommands");
    }

    /** What an operator sees on AWS on an ordinary day. */
    public static Timings realistic() {
        return new Timings(
                Duration.ofSeconds(8),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(90),
                Duration.ofSeconds(100),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Duration.ofHours(24),
                Duration.ofSeconds(1),
                Map.of(
                        "verify", Duration.ofSeconds(5),
                        "update", Duration.ofSeconds(60),
                        "install", Duration.ofSeconds(40),
                        "playbook", Duration.ofSeconds(45),
                        "scrub", Duration.ofSeconds(8)),
                Duration.ofSeconds(10));
    }

    /** Everything happens at once; only what was ended stays visible for as long as on AWS. */
    public static Timings instant() {
        return new Timings(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ZERO,
                Duration.ofHours(24),
                Duration.ZERO,
                Map.of(),
                Duration.ZERO);
    }

    /** Finds the running time of a command by its document's name, whatever the letter case. */
    public Duration command(String documentName) {
        String name = documentName.toLowerCase(Locale.ROOT);
        return commands.entrySet().stream()
                .filter(entry -> name.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherCommands);
    }
}
