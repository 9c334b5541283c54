package org.amibakery.bake;

import static org.amibakery.bake.BakeStep.CONFIRM_TERMINATION;
import static org.amibakery.bake.BakeStep.CREATE_IMAGE;
import static org.amibakery.bake.BakeStep.DELETE_OLD_IMAGES;
import static org.amibakery.bake.BakeStep.FIND_FOUNDATION_IMAGE;
import static org.amibakery.bake.BakeStep.INSTALL_PACKAGES;
import static org.amibakery.bake.BakeStep.LAUNCH_BUILDER;
import static org.amibakery.bake.BakeStep.RUN_PLAYBOOKS;
import static org.amibakery.bake.BakeStep.TAG_IMAGE;
import static org.amibakery.bake.BakeStep.TERMINATE_BUILDER;
import static org.amibakery.bake.BakeStep.UPDATE_PACKAGES;
import static org.amibakery.bake.BakeStep.VERIFY_AGENT;

import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amibakery.agent.Agent;
import org.amibakery.agent.AgentActivities;
import org.amibakery.bake.BuilderLaunch.RunningLaunch;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.command.PlannedCommand;
import org.amibakery.failure.Failures;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.image.AvailableImage;
import org.amibakery.image.CreateImage;
import org.amibakery.image.DiscardImage;
import org.amibakery.image.ImageActivities;
import org.amibakery.notification.Notifier;
import org.amibakery.recipe.Durations;
import org.amibakery.retention.DeleteOldImages;
import org.amibakery.retention.RetentionActivities;
import org.amibakery.retention.RetentionReport;
import org.amibakery.workflow.ActivityProfiles;
import org.amibakery.workflow.WorkflowClock;

/** Bakes one image: the eleven steps in order, and what undoes them. */
public final class BakeWorkflowImpl implements BakeWorkflow {
    /** An agent registers within a minute or two of the boot; slow images take longer. */
    private static final Duration AGENT_ONLINE_WITHIN = Duration.ofMinutes(15);

    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(15);

    /** A function that runs out of time says where to go on; more rounds than this are the next window's. */
    private static final int RETENTION_ROUNDS = 10;

    /** Longer would hold up the family's next bake; what is left then is told, and the reaper's. */
    private static final Duration DISCARDED_WITHIN = Duration.ofHours(24);

    /** The failure type of a payload that this version cannot read. */
    private static final String UNREADABLE = "UnreadablePayload";

    private final BakeId bake;
    private final Progress progress;
    private final CleanupStack cleanups = new CleanupStack();
    private final BuilderHold hold = new BuilderHold();
    private BakePlan plan;
    private FoundationImage foundation;
    private RunningLaunch launch;
    private BuilderCommands commands;
    private UnfinishedImage image;

    @WorkflowInit
    public BakeWorkflowImpl(BakeRequest request) {
        WorkflowInfo info = Workflow.getInfo();
        bake = new BakeId(info.getNamespace(), info.getWorkflowId(), info.getOriginalExecutionRunId());
        progress = new Progress(info);
    }

    @Override
    public BakeReport bake(BakeRequest request) {
        try {
            plan = plan(request);
            Deadline.at(plan.deadline()).bound(this::bakeImage);
        } catch (TemporalFailure failure) {
            throw undone(failure);
        } catch (DataConverterException unreadable) {
            throw undone(ApplicationFailure.newNonRetryableFailureWithCause(
                    "A worker of another version wrote what this one cannot read. Bake again with one version.",
                    UNREADABLE,
                    unreadable));
        }
        ended(BakeState.COMPLETED, "");
        return progress.report();
    }

    private TemporalFailure undone(TemporalFailure failure) {
        holdBuilder(failure);
        progress.cleaningUp();
        progress.leftBehind(cleanups.runAll());
        return ended(failure);
    }

    private void bakeImage() {
        step(FIND_FOUNDATION_IMAGE, this::findFoundationImage);
        step(LAUNCH_BUILDER, this::launchBuilder);
        step(VERIFY_AGENT, this::verifyAgent);
        step(UPDATE_PACKAGES, () -> run(UPDATE_PACKAGES, List.of(plan.commands().updatePackages())));
        step(
                INSTALL_PACKAGES,
                () -> run(INSTALL_PACKAGES, List.of(plan.commands().installPackages())));
        step(RUN_PLAYBOOKS, () -> run(RUN_PLAYBOOKS, plan.commands().playbooks()));
        AvailableImage created = progress.step(CREATE_IMAGE, this::createImage);
        step(TAG_IMAGE, () -> tagImage(created));
        step(TERMINATE_BUILDER, this::terminateBuilder);
        step(CONFIRM_TERMINATION, this::confirmTermination);
        // before step 11: an old image goes only once nothing of ours names it
        new ImageStages(plan, foundation, bake, cleanups, progress).run(created);
        step(DELETE_OLD_IMAGES, this::deleteOldImages);
    }

    private BakePlan plan(BakeRequest request) {
        PlanActivities planning = Workflow.newLocalActivityStub(PlanActivities.class, ActivityProfiles.local());
        BakePlan planned = planning.plan(new PlanBake(request, bake, WorkflowClock.now()));
        progress.planned(planned);
        planned.hold().ifPresent(hold::planned);
        return planned;
    }

    private void findFoundationImage() {
        foundation = new FoundationSearch(plan.foundation(), plan.revision()).find();
        progress.found(foundation);
    }

    private void launchBuilder() {
        launch = new BuilderLaunch(LaunchPlan.ofBuilder(plan, bake), cleanups, progress, foundation).run(() -> {
            findFoundationImage();
            return foundation;
        });
        commands = new BuilderCommands(bake, builder(), plan.commands().outputBucket(), progress);
    }

    private void verifyAgent() {
        AgentActivities agents = Workflow.newActivityStub(
                AgentActivities.class, ActivityProfiles.wait("see the agent online", AGENT_ONLINE_WITHIN));
        Agent agent = agents.awaitOnline(builder());
        commands.run(plan.commands().verifyAgent());
        progress.note(
                VERIFY_AGENT,
                "agent %s on %s %s".formatted(agent.version(), agent.platformName(), agent.platformVersion()));
    }

    private void run(BakeStep step, List<PlannedCommand> planned) {
        for (PlannedCommand command : planned) {
            progress.note(step, commands.run(command).summary());
        }
    }

    private AvailableImage createImage() {
        commands.run(plan.commands().scrub());
        Workflow.newActivityStub(
                        BuilderActivities.class,
                        ActivityProfiles.wait("stop " + builder().id(), STOPPED_WITHIN))
                .stop(builder());
        String name = plan.image().name();
        image = new UnfinishedImage(
                new DiscardImage(plan.region(), name, bake.workflowId(), bake.originalRunId(), Optional.empty()),
                ActivityProfiles.within("discard " + name, DISCARDED_WITHIN),
                cleanups);
        progress.created(image.request(
                () -> Workflow.newActivityStub(ImageActivities.class, ActivityProfiles.quick("create " + name))
                        .create(creation())));
        return image.awaitAvailable();
    }

    private CreateImage creation() {
        ImagePlan planned = plan.image();
        return new CreateImage(
                builder(),
                planned.name(),
                planned.description(),
                bake.workflowId(),
                planned.tagsAtCreation(foundation));
    }

    /** The test comes first: the tags make the image count, and no later failure takes it back. */
    private void tagImage(AvailableImage created) {
        new ImageTesting(plan, bake, cleanups, progress).test(created, foundation);
        image.makeGood(created, plan.image().tagsWhenGood());
        progress.note(
                TAG_IMAGE,
                "good: %d tags read back".formatted(plan.image().tagsWhenGood().size()));
    }

    private void terminateBuilder() {
        Detached.run(launch.builder()::terminate);
        progress.note(TERMINATE_BUILDER, "%s is ending".formatted(builder().id()));
    }

    private void confirmTermination() {
        Detached.run(launch.builder()::confirmGone);
        cleanups.discharge(launch.undo());
        progress.note(
                CONFIRM_TERMINATION,
                "%s seen terminated, no volume left".formatted(builder().id()));
    }

    /** Cannot fail the bake, whose image is good: what stays is the next window's to delete. */
    private void deleteOldImages() {
        RetentionActivities retention = Workflow.newActivityStub(
                RetentionActivities.class, ActivityProfiles.function("delete old images of " + plan.recipe()));
        Optional<DeleteOldImages> request = Optional.of(plan.retention());
        try {
            for (int round = 0; round < RETENTION_ROUNDS && request.isPresent(); round++) {
                RetentionReport report = retention.deleteOldImages(request.get());
                progress.retained(report);
                request = report.continuation().map(plan.retention()::continuingAt);
            }
        } catch (TemporalFailure failure) {
            progress.warn("Old images of %s were not deleted: %s The next window tries again."
                    .formatted(plan.recipe(), Failures.rootMessage(failure)));
        }
    }

    private void holdBuilder(TemporalFailure failure) {
        if (launch != null && hold.isWanted() && image == null && !Failures.isCancellation(failure)) {
            progress.held(hold.begin(plan.builder().expires()));
            hold.await(plan.builder().expires());
        }
    }

    private TemporalFailure ended(TemporalFailure failure) {
        if (Failures.isCancellation(failure)) {
            ended(BakeState.CANCELED, "It was canceled.");
            return new CanceledFailure("It was canceled.", new EncodedValues(progress.report()), failure);
        }
        String message = BakeFailureMessage.of(progress.report(), bake, failure);
        ended(BakeState.FAILED, message);
        return ApplicationFailure.newNonRetryableFailureWithCause(
                message, Failures.type(failure), failure, progress.report());
    }

    private void ended(BakeState how, String why) {
        progress.ended(how, why);
        Optional.ofNullable(plan)
                .flatMap(BakePlan::notificationTopic)
                .ifPresent(topic -> Notifier.send(BakeNotice.of(progress.report(), topic)));
    }

    private BuilderRef builder() {
        return launch.builder().ref();
    }

    private void step(BakeStep step, Functions.Proc action) {
        progress.step(step, () -> {
            action.apply();
            return step;
        });
    }

    @Override
    public BakeReport progress() {
        return progress.report();
    }

    @Override
    public String hold(HoldRequest request) {
        hold.extend(request.duration());
        return "Should the bake fail, its builder is held for %s%s."
                .formatted(
                        Durations.text(request.duration()),
                        plan == null
                                ? ""
                                : ", but not beyond %s".formatted(plan.builder().expires()));
    }

    @Override
    public void validateHold(HoldRequest request) {
        BuilderHold.validate(request);
    }

    @Override
    public String release() {
        hold.release();
        return "The builder is terminated as soon as the bake ends.";
    }

    @Override
    public void releaseBuilder() {
        hold.release();
    }
}
