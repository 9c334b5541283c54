package org.amibakery.bake;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.amibakery.builder.BakeId;
import org.amibakery.builder.BuilderRef;
import org.amibakery.command.CommandActivities;
import org.amibakery.command.CommandResult;
import org.amibakery.command.PlannedCommand;
import org.amibakery.command.RunCommand;
import org.amibakery.failure.Failures;
import org.amibakery.workflow.ActivityProfiles;

/** Runs a bake's commands on its builder, and sends one again that never reached it. */
final class BuilderCommands {
    /** Each sending waits two minutes for delivery; an agent that swallows three is dead. */
    static final int SENDINGS = 3;

    /** Delivery, polling and a late answer of SSM come on top of the running time. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final BakeId bake;
    private final BuilderRef builder;
    private final Optional<String> outputBucket;
    private final Progress progress;
    private int sent;

    BuilderCommands(BakeId bake, BuilderRef builder, Optional<String> outputBucket, Progress progress) {
        this.bake = bake;
        this.builder = builder;
        this.outputBucket = outputBucket;
        this.progress = progress;
    }

    /** Runs the command to its end, and answers with the line it printed about itself. */
    CommandResult run(PlannedCommand command) {
        progress.commandBegan(command.label(), builder.id());
        for (int sending = 1; ; sending++) {
            try {
                CommandResult result = Workflow.newActivityStub(CommandActivities.class, profile(command))
                        .run(new RunCommand(builder, command, comment(command), outputBucket));
                progress.commandEnded(result);
                return result;
            } catch (TemporalFailure failure) {
                if (sending == SENDINGS || !Failures.type(failure).equals(CommandActivities.UNDELIVERED)) {
                    throw failure;
                }
            }
        }
    }

    private ActivityOptions profile(PlannedCommand command) {
        return ActivityProfiles.wait(command.label(), command.limit().plus(SLACK));
    }

    /** At most 100 characters (SendCommand, Comment), and unlike that of any other sending. */
    private String comment(PlannedCommand command) {
        return String.format(Locale.ROOT, "ami-bakery %s %d %.40s", bake.originalRunId(), ++sent, command.label());
    }
}
