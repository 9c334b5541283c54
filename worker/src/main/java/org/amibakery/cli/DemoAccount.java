package org.amibakery.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.amibakery.demo.Demo;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;

/** Tells what the demonstration's account holds, by the simulator's ledger and not by its API. */
final class DemoAccount {
    private DemoAccount() {}

    static List<String> lines(Demo demo) {
        Set<String> used = Set.copyOf(demo.imagesInUse().values());
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("What the account holds now, by the simulator's own ledger:");
        for (LedgerEntry entry : demo.ledger().everything()) {
            if (entry.kind() == ResourceKind.IMAGE || (entry.kind() == ResourceKind.INSTANCE && !entry.seeded())) {
                lines.add("  %-8s %-22s %-46s %s"
                        .formatted(words(entry.kind()), entry.id(), entry.name(), fate(entry, used)));
            }
        }
        List<LedgerEntry> leaked = demo.ledger().leaked();
        lines.add("");
        lines.add(
                leaked.isEmpty()
                        ? "Nothing leaked: no builder, volume, network interface, half-made image or snapshot is left."
                        : "Leaked: "
                                + String.join(
                                        ", ",
                                        leaked.stream().map(LedgerEntry::id).toList()));
        return lines;
    }

    /** Ids of the old images that something uses, as far as they still exist. */
    static List<String> keptInUse(Demo demo) {
        Set<String> used = Set.copyOf(demo.imagesInUse().values());
        return demo.ledger().everything().stream()
                .filter(entry -> used.contains(entry.id()) && !entry.gone())
                .map(LedgerEntry::id)
                .toList();
    }

    private static String fate(LedgerEntry entry, Set<String> used) {
        if (used.contains(entry.id()) && !entry.gone()) {
            return "kept though old: an instance runs it";
        }
        if (entry.kind() == ResourceKind.IMAGE) {
            return entry.gone() ? "deleted: older than the policy allows" : entry.seeded() ? "kept" : "baked just now";
        }
        return entry.state();
    }

    private static String words(ResourceKind kind) {
        return kind == ResourceKind.IMAGE ? "image" : "builder";
    }
}
