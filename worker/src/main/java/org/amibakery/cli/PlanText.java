package org.amibakery.cli;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.CommandPlan;
import org.amibakery.command.PlannedCommand;
import org.amibakery.lambdas.cleanup.DeletedImage;
import org.amibakery.lambdas.cleanup.KeptImage;
import org.amibakery.lambdas.cleanup.WithdrawnImage;
import org.amibakery.recipe.Durations;

/** Writes a plan for people. */
final class PlanText {
    private PlanText() {}

    static List<String> lines(Preview preview, Palette palette) {
        BakePlan plan = preview.plan();
        List<String> lines = new ArrayList<>();
        lines.add(palette.strong("%s in %s".formatted(plan.recipe(), plan.region())) + ": what a bake would do now");
        lines.add(row(
                "foundation",
                "%s %s of %s, made %s"
                        .formatted(
                                preview.foundation().id(),
                                preview.foundation().name(),
                                preview.foundation().ownerId(),
                                preview.foundation().createdAt())));
        lines.add(row("image", plan.image().name()));
        rows(
                lines,
                "tags",
                tags(plan).entrySet().stream()
                        .map(tag -> "%s=%s".formatted(tag.getKey(), tag.getValue()))
                        .toList());
        rows(lines, "builder", plan.candidates().stream().map(Object::toString).toList());
        rows(lines, "commands", commands(plan.commands()).map(PlanText::command).toList());
        lines.add(
                row("deadline", plan.deadline().truncatedTo(ChronoUnit.SECONDS).toString()));
        lines.add(row(
                "on failure",
                plan.hold()
                        .map(kept -> "the builder is held for " + Durations.text(kept))
                        .orElse("the builder goes")));
        lines.add(row(
                "time",
                preview.usual()
                        .map(usual -> "about %s, as the last bake".formatted(Took.text(usual)))
                        .orElse("unknown, as no earlier bake could be found")));
        rows(
                lines,
                "deletes",
                preview.cleanUp().deleted().stream().map(PlanText::deleted).toList());
        if (!preview.cleanUp().withdrawn().isEmpty()) {
            rows(
                    lines,
                    "withdraws",
                    preview.cleanUp().withdrawn().stream()
                            .map(PlanText::withdrawn)
                            .toList());
        }
        rows(
                lines,
                "keeps",
                preview.cleanUp().kept().stream().map(PlanText::kept).toList());
        return lines;
    }

    /** The commands of a plan in the order in which they run. */
    static Stream<PlannedCommand> commands(CommandPlan commands) {
        return Stream.of(
                        Stream.of(commands.verifyAgent(), commands.updatePackages(), commands.installPackages()),
                        commands.playbooks().stream(),
                        Stream.of(commands.scrub()))
                .flatMap(some -> some);
    }

    /** The tags of the good image: what marks it as unfinished is gone by then. */
    static Map<String, String> tags(BakePlan plan) {
        Map<String, String> tags = new LinkedHashMap<>(plan.image().tagsAtCreation());
        tags.putAll(plan.image().tagsWhenGood());
        tags.remove("ami-bakery:expires");
        tags.remove("ami-bakery:run"); // a plan has none
        return tags;
    }

    private static String command(PlannedCommand command) {
        String pinned = command.parameters().containsKey("Sha256")
                ? ", version %s, sha256 %s"
                        .formatted(
                                command.parameters().get("VersionId"),
                                command.parameters().get("Sha256"))
                : "";
        return "%s: %s, within %s%s"
                .formatted(command.label(), command.document(), Durations.text(command.limit()), pinned);
    }

    private static String deleted(DeletedImage image) {
        return "%s %s: %s".formatted(image.imageId(), image.name(), image.reason());
    }

    private static String withdrawn(WithdrawnImage image) {
        String step = image.step().name().toLowerCase(Locale.ROOT);
        return "%s %s: %s, so %s until %s"
                .formatted(image.imageId(), image.name(), image.reason(), step, image.until());
    }

    private static String kept(KeptImage image) {
        return "%s %s: %s".formatted(image.imageId(), image.name(), image.reason());
    }

    private static void rows(List<String> lines, String title, List<String> values) {
        if (values.isEmpty()) {
            lines.add(row(title, "nothing"));
        }
        for (int index = 0; index < values.size(); index++) {
            lines.add(row(index == 0 ? title : "", values.get(index)));
        }
    }

    private static String row(String title, String value) {
        return "  %-11s %s".formatted(title, value);
    }
}
