package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.amibakery.authored.AuthoredText;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeRequest;
import org.amibakery.bake.BakeState;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.cli.BakeStarter.Conflict;
import org.amibakery.cli.ReportFollower.Followed;
import org.amibakery.demo.Demo;
import org.amibakery.demo.SampleRecipes;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.recipe.Region;
import org.amibakery.recipe.reading.RecipeReader;
import org.amibakery.recipe.reading.WrittenRecipe;
import org.amibakery.window.WindowReport;

/** Bakes the sample recipes in a bakery of its own, with or without trouble, and shows what is left of it. */
final class DemoRun {
    private static final List<String> RECIPES = List.of("amazon-linux-2023.yaml", "ubuntu-24.04.yaml");
    private static final String DOOMED = "debian-12.yaml";

    private final Console console;
    private final Instant startedAt;
    private final List<WrittenRecipe> recipes =
            RECIPES.stream().map(DemoRun::recipe).toList();

    DemoRun(Console console) {
        this.console = console;
        this.startedAt = console.clock().instant();
    }

    /** Runs the demonstration so many times faster than AWS. */
    ExitCode at(double speed) {
        CommandLogs.quiet();
        console.progress("Baking %d images on simulated AWS, %.0f times faster than the real one."
                .formatted(recipes.size(), speed));
        try (Demo demo = Demo.start(speed, families())) {
            List<BakeReport> reports = BakeFollower.ofDemonstration(demo.temporal(), console, new ArrayDeque<>())
                    .follow(started(demo, recipes));
            WindowReport window = window(demo);
            ObjectNode json = json(reports, demo);
            json.set("window", WindowJson.of(window));
            return told(demo, reports, windowLines(window), json);
        }
    }

    /** A window after the first bakes: one recipe has changed by then, the other has not. */
    private WindowReport window(Demo demo) {
        console.progress("Both are baked. Amazon publishes a newer image (%s), and the maintenance window opens:"
                .formatted(demo.amazonPublishesAnImage()));
        return new ReportFollower<>(
                        demo.temporal(),
                        console,
                        new Followed<>(WindowReport.class, "the window", new WindowNews(console.progressPalette())))
                .follow(demo.openWindow(recipes.stream()
                        .map(written -> new BakeRequest(written.json()))
                        .toList()));
    }

    private List<String> windowLines(WindowReport window) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("What the maintenance window came to: " + WindowText.counts(window));
        WindowText.lines(window, console.palette()).forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** Runs it while an answer is lost, a bake is terminated, the worker is killed and calls are throttled. */
    ExitCode withChaosAt(double speed) {
        CommandLogs.quiet();
        Queue<String> story = new ConcurrentLinkedQueue<>();
        console.progress("Baking %d images on simulated AWS, %.0f times faster than the real one, with trouble."
                .formatted(recipes.size(), speed));
        try (Demo demo = Demo.startWithoutWorker(speed, families());
                Chaos chaos = Chaos.on(demo, id(recipes.get(0)), story::add)) {
            WrittenRecipe doomed = recipe(DOOMED);
            chaos.terminateOnceLaunched(id(doomed));
            List<String> bakes = started(demo, recipes);
            started(demo, List.of(doomed));
            List<BakeReport> reports = BakeFollower.ofDemonstration(demo.temporal(), console, story)
                    .follow(bakes);
            ReaperReport reaped = chaos.reap();
            story.forEach(console::progress);
            ObjectNode json = json(reports, demo);
            chaos.troubles().forEach(json.putObject("troubles")::put);
            ArrayNode removed = json.putArray("reaped");
            reaped.removed().forEach(orphan -> removed.add(orphan.resource().id()));
            return told(demo, reports, ChaosProof.lines(demo, chaos.troubles()), json);
        }
    }

    private List<String> families() {
        return recipes.stream().map(written -> written.recipe().name()).toList();
    }

    private static String id(WrittenRecipe written) {
        return BakeWorkflow.id(written.recipe().name(), region(written).name());
    }

    private static List<String> started(Demo demo, List<WrittenRecipe> wanted) {
        BakeStarter starter = new BakeStarter(demo.temporal(), "bakery demo");
        return wanted.stream()
                .map(written ->
                        starter.start(written, region(written), Conflict.REFUSE).workflowId())
                .toList();
    }

    private static WrittenRecipe recipe(String file) {
        return new RecipeReader().read(new AuthoredText(file, SampleRecipes.text(file)), List.of());
    }

    private static Region region(WrittenRecipe written) {
        return written.recipe().region().orElseThrow();
    }

    private ExitCode told(Demo demo, List<BakeReport> reports, List<String> more, ObjectNode json) {
        Duration took = Duration.between(startedAt, console.clock().instant());
        console.json(json.put("seconds", took.toMillis() / 1000.0));
        for (BakeReport report : reports) {
            BakeSummary.lines(report, console.palette()).forEach(console::text);
            if (!report.failure().isEmpty()) {
                console.error(report.failure());
            }
        }
        more.forEach(console::text);
        DemoAccount.lines(demo).forEach(console::text);
        console.text("The whole took %.1f s. Next: bakery --help, or the README's first bake on AWS."
                .formatted(took.toMillis() / 1000.0));
        return isGood(reports, demo) ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }

    private static boolean isGood(List<BakeReport> reports, Demo demo) {
        return reports.stream().allMatch(report -> report.state() == BakeState.COMPLETED)
                && demo.ledger().leaked().isEmpty();
    }

    private static ObjectNode json(List<BakeReport> reports, Demo demo) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("bakes", BakeJson.array(reports));
        ArrayNode leaks = json.putArray("leaked");
        demo.ledger().leaked().forEach(entry -> leaks.add(entry.id()));
        ArrayNode kept = json.putArray("inUse");
        DemoAccount.keptInUse(demo).forEach(kept::add);
        return json;
    }
}
