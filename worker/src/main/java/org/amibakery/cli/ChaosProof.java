package org.amibakery.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.demo.Demo;
import org.amibakery.simulator.world.LedgerEntry;
import software.amazon.awssdk.services.ssm.model.Command;

/** Proves, by the ledger and by what SSM has, that trouble doubled nothing. */
final class ChaosProof {
    private ChaosProof() {}

    static List<String> lines(Demo demo, Map<String, Integer> troubles) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Trouble: %s lost, %s terminated, %s killed, %s throttled. What came of it, by the ledger and by SSM's own list:"
                        .formatted(
                                counted(troubles.get("lostReplies"), "answer"),
                                counted(troubles.get("terminatedBakes"), "bake"),
                                counted(troubles.get("killedWorkers"), "worker"),
                                counted(troubles.get("throttledCalls"), "call")));
        Map<String, List<LedgerEntry>> builders = byBake(demo.ledger().buildersEverLaunched());
        Map<String, List<LedgerEntry>> images = byBake(demo.ledger().imagesEverCreated());
        Map<String, List<Command>> commands = demo.commands().stream()
                .collect(groupingBy(command -> command.instanceIds().get(0)));
        builders.forEach((bake, launched) -> lines.add("  %-38s %s, %s, %s"
                .formatted(
                        bake,
                        counted(launched.size(), "builder"),
                        counted(images.getOrDefault(bake, List.of()).size(), "image"),
                        commands(commands.getOrDefault(launched.get(0).id(), List.of())))));
        return lines;
    }

    private static String commands(List<Command> sent) {
        long different = sent.stream().map(Command::comment).distinct().count();
        if (sent.isEmpty()) {
            return "no command";
        }
        return different == sent.size()
                ? "%d commands, each sent once".formatted(sent.size())
                : "%d commands, %d of them sent twice".formatted(sent.size(), sent.size() - different);
    }

    private static String counted(int number, String noun) {
        return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }

    private static Map<String, List<LedgerEntry>> byBake(List<LedgerEntry> entries) {
        return entries.stream()
                .collect(groupingBy(entry -> entry.tags().getOrDefault("ami-bakery:bake", ""), TreeMap::new, toList()));
    }
}
