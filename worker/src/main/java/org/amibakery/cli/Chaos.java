package org.amibakery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.amibakery.demo.Demo;
import org.amibakery.reaper.ReaperReport;
import org.amibakery.reaper.Verdict;
import org.amibakery.simulator.wire.Fault;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.FaultTrigger;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Troubles a demonstration: a launch's reply is lost, a bake is terminated, the worker is killed at its worst moment, calls
 * are throttled. It also is the supervisor that starts another worker, as systemd or Kubernetes would, and tells all of it as a story.
 */
final class Chaos implements AutoCloseable {
    private static final double SHARE_THROTTLED = 0.25;
    private static final long SEED = 11;
    private static final List<String> THROTTLED = List.of(
            "DescribeInstances",
            "DescribeImages",
            "StopInstances",
            "CreateImage",
            "CreateTags",
            "TerminateInstances",
            "SendCommand",
            "ListCommandInvocations");

    private final Demo demo;
    private final Consumer<String> story;
    private final Path logs = temporaryFolder();
    private final Deque<WorkerChild> workers = new ArrayDeque<>();
    private final Deque<Fault> throttles = new ArrayDeque<>();
    private final Fault lostReply;
    private final Fault kill;
    private Optional<Fault> terminated = Optional.empty();

    private Chaos(Demo demo, String workflowId, Consumer<String> story) {
        this.demo = demo;
        this.story = story;
        this.lostReply = loseReplyOfFirstLaunch(workflowId);
        this.kill = killAtFirstUpdate();
    }

    /**
     * Starts the first worker and arms the trouble.
     *
     * @param workflowId whose launch loses its answer
     * @param story takes lines from several threads
     */
    static Chaos on(Demo demo, String workflowId, Consumer<String> story) {
        Chaos chaos = new Chaos(demo, workflowId, story);
        WorkerChild worker = chaos.startWorker();
        story.accept("The worker is a process of its own, %d, so that it can be killed.".formatted(worker.pid()));
        return chaos;
    }

    /** How often each trouble struck, in the order of the story. */
    synchronized Map<String, Integer> troubles() {
        Map<String, Integer> troubles = new LinkedHashMap<>();
        troubles.put("lostReplies", lostReply.timesFired());
        troubles.put("terminatedBakes", terminated.map(Fault::timesFired).orElse(0));
        troubles.put("killedWorkers", kill.timesFired());
        troubles.put(
                "throttledCalls", throttles.stream().mapToInt(Fault::timesFired).sum());
        return troubles;
    }

    @Override
    public synchronized void close() {
        demo.faults().clear();
        workers.forEach(WorkerChild::close);
    }

    /** Ends a bake as an operator can in the Web UI, the moment its builder exists: no code of the bake's runs any more. */
    void terminateOnceLaunched(String workflowId) {
        FaultTrigger launch = demo.faults()
                .on("RunInstances")
                .matching(RunInstancesRequest.class, run -> isOf(run, workflowId))
                .atCall(1);
        terminated = Optional.of(launch.afterCommit(FaultEffect.run(() -> {
            demo.temporal().client().newUntypedWorkflowStub(workflowId).terminate("demo --chaos");
            story.accept(
                    "TROUBLE  Somebody terminates %s in the Web UI. Its builder runs, and no code is left that could clean up."
                            .formatted(workflowId));
        })));
    }

    /** Runs one cycle of the reaper, and tells what it removed. */
    ReaperReport reap() {
        ReaperReport report = demo.reap();
        for (Verdict orphan : report.removed()) {
            story.accept("RECOVERY The reaper removed %s: it %s."
                    .formatted(orphan.resource().id(), orphan.reason()));
        }
        return report;
    }

    private Fault loseReplyOfFirstLaunch(String workflowId) {
        FaultTrigger launch = demo.faults()
                .on("RunInstances")
                .matching(RunInstancesRequest.class, run -> isOf(run, workflowId))
                .atCall(1);
        launch.afterCommit(
                FaultEffect.run(
                        () -> story.accept(
                                "TROUBLE  EC2 has launched a builder, and its reply to RunInstances is lost. The launch is repeated with the"
                                        + " token that was in the history before the first call, so EC2 answers with the same builder.")));
        return launch.afterCommit(FaultEffect.close());
    }

    /** The worst moment: the command runs on the builder, and the only one who would know its id dies. */
    private Fault killAtFirstUpdate() {
        FaultTrigger update = demo.faults()
                .on("SendCommand")
                .matching(SendCommandRequest.class, send -> send.documentName().endsWith("-update-packages"))
                .atCall(1);
        return update.afterCommit(FaultEffect.run(() -> {
            long dead = killWorker();
            story.accept(
                    "TROUBLE  Worker %d is killed (SIGKILL) the moment a builder took its command to update packages. Nobody has the command's id."
                            .formatted(dead));
            throttleSome();
            tellTheLookBeforeSending();
            Thread supervisor = new Thread(this::replaceWorker, "supervisor");
            supervisor.setDaemon(true);
            supervisor.start();
        }));
    }

    private void replaceWorker() {
        WorkerChild next = startWorker();
        story.accept(
                "RECOVERY Worker %d polls. The steps that died with the other one are its own as soon as Temporal has missed their heartbeats for 15 s."
                        .formatted(next.pid()));
    }

    private void tellTheLookBeforeSending() {
        demo.faults()
                .on("ListCommands")
                .matching(ListCommandsRequest.class, list -> true)
                .atCall(1)
                .beforeCommit(
                        FaultEffect.run(
                                () -> story.accept(
                                        "RECOVERY Before it sends a command it looks for it: what runs on the builder already is adopted, not sent twice.")));
    }

    private synchronized void throttleSome() {
        story.accept("TROUBLE  From now on AWS refuses every fourth call as throttled.");
        Random chance = new Random(SEED);
        THROTTLED.forEach(operation -> throttles.add(demo.faults()
                .on(operation)
                .withProbability(SHARE_THROTTLED, chance)
                .beforeCommit(FaultEffect.throttle())));
    }

    private synchronized long killWorker() {
        WorkerChild worker = workers.removeLast();
        worker.close();
        return worker.pid();
    }

    private WorkerChild startWorker() {
        Path log = logs.resolve("worker-%d.log".formatted(System.nanoTime()));
        log.toFile().deleteOnExit();
        WorkerChild worker = WorkerChild.start(demo.workerVariables(), log);
        synchronized (this) {
            workers.add(worker);
        }
        return worker.awaitReady();
    }

    private static boolean isOf(RunInstancesRequest launch, String workflowId) {
        return launch.tagSpecifications().stream()
                .flatMap(specification -> specification.tags().stream())
                .anyMatch(tag ->
                        tag.key().equals("ami-bakery:bake") && tag.value().equals(workflowId));
    }

    /** Goes when this process ends, also by Ctrl-C. */
    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("bakery-demo");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException notMade) {
            throw new UncheckedIOException("There is no place for the workers' logs", notMade);
        }
    }
}
