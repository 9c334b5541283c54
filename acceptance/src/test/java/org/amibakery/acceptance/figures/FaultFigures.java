package org.amibakery.acceptance.figures;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts the points of one part of the fault matrix and what each left behind, by the account's ledger. At the end it
 * prints the figures and writes them to {@code target/fault-figures/<part>.json}, from which docs/reliability.md is made.
 *
 * <p>Register it as a static JUnit extension; points may be counted by several threads.
 */
public final class FaultFigures implements BeforeAllCallback, AfterAllCallback {
    private static final Path FOLDER = Path.of("target", "fault-figures");
    private static final List<ResourceKind> COUNTED = List.of(
            ResourceKind.INSTANCE,
            ResourceKind.IMAGE,
            ResourceKind.SNAPSHOT,
            ResourceKind.VOLUME,
            ResourceKind.NETWORK_INTERFACE);

    private final String part;
    private final String server;
    private final Map<ResourceKind, Integer> leaked = new EnumMap<>(ResourceKind.class);
    private final ObjectNode more = new ObjectMapper().createObjectNode();
    private int points;
    private int mostBuilders;
    private int mostImages;
    private long startedAt;

    private FaultFigures(String part, String server) {
        this.part = part;
        this.server = server;
    }

    /** Counts a part that runs on Temporal's in-memory server; the name is a few words that also make a file name. */
    public static FaultFigures embedded(String part) {
        return new FaultFigures(part, "embedded");
    }

    /** Counts a part that runs on a real Temporal server. */
    public static FaultFigures real(String part) {
        return new FaultFigures(part, "real");
    }

    /** Counts one point, with what its own account was left with. */
    public void count(Ledger ledger) {
        count(1, ledger);
    }

    /** Counts that many points, all of which the one account has seen. */
    public synchronized void count(int tried, Ledger ledger) {
        points += tried;
        for (LedgerEntry left : ledger.leaked()) {
            leaked.merge(left.kind(), 1, Integer::sum);
        }
        mostBuilders = Math.max(mostBuilders, mostAtOnce(ledger, ResourceKind.INSTANCE));
        mostImages = Math.max(mostImages, mostAtOnce(ledger, ResourceKind.IMAGE));
    }

    /** Counts one more of something that only this part has, such as points of one kind. */
    public synchronized void tally(String name) {
        more.put(name, more.path(name).asInt() + 1);
    }

    /** Adds a figure that only this part has, such as {@code kills}. */
    public synchronized void note(String name, double value) {
        more.put(name, value);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startedAt = System.nanoTime();
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) throws IOException {
        if (points == 0) {
            return; // skipped, and the reason was printed
        }
        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("part", part).put("server", server).put("points", points);
        ObjectNode left = figures.putObject("leaked");
        COUNTED.forEach(kind -> left.put(kind.name(), leaked.getOrDefault(kind, 0)));
        figures.put("mostBuildersOfOneBakeAtOnce", mostBuilders).put("mostImagesOfOneBakeAtOnce", mostImages);
        figures.put("seconds", (System.nanoTime() - startedAt) / 1_000_000_000);
        figures.set("more", more);
        Files.createDirectories(FOLDER);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(FOLDER.resolve(part.replace(' ', '-') + ".json").toFile(), figures);
        print(System.out, left);
    }

    private void print(PrintStream out, ObjectNode left) {
        out.printf(
                "FAULTS %s (%s Temporal): %d points; leaked: %s; at most %d live builders and %d images of one bake at once%s%n",
                part, server, points, left, mostBuilders, mostImages, more.isEmpty() ? "" : "; " + more);
    }

    /** A run of a bake owns what it made in one region; a reset goes on with the same run tag. */
    private static int mostAtOnce(Ledger ledger, ResourceKind kind) {
        return ledger.everything().stream()
                .filter(entry -> entry.kind() == kind && !entry.seeded())
                .collect(groupingBy(entry -> Stream.of("ami-bakery:bake", "ami-bakery:run")
                                .map(tag -> entry.tags().getOrDefault(tag, ""))
                                .toList()
                        + "@"
                        + entry.place()))
                .values()
                .stream()
                .mapToInt(FaultFigures::mostAtOnce)
                .max()
                .orElse(0);
    }

    private static int mostAtOnce(Collection<LedgerEntry> ofOneBake) {
        return (int) ofOneBake.stream()
                .map(LedgerEntry::createdAt)
                .mapToLong(moment -> ofOneBake.stream().filter(aliveAt(moment)).count())
                .max()
                .orElse(0);
    }

    private static Predicate<LedgerEntry> aliveAt(Instant moment) {
        return entry -> !entry.createdAt().isAfter(moment)
                && entry.endedAt().map(moment::isBefore).orElse(true);
    }
}
