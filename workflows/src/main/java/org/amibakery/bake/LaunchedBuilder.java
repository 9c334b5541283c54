package org.amibakery.bake;

import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.amibakery.builder.BuilderActivities;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.FindBuilder;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchToken;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.ActivityProfiles;

/**
 * Follows one launch to its end: it can be terminated even when its answer, and so its id, was lost. Neither ending
 * has a limit; the activities alert when one takes longer than 30 minutes.
 */
final class LaunchedBuilder {
    private final Region region;
    private final LaunchToken token;
    private Optional<InstanceId> id = Optional.empty();

    LaunchedBuilder(Region region, LaunchToken token) {
        this.region = region;
        this.token = token;
    }

    void launched(InstanceId launched) {
        id = Optional.of(launched);
    }

    BuilderRef ref() {
        return new BuilderRef(region, id.orElseThrow());
    }

    /** Terminates whatever the launch made, and returns once it was seen gone. */
    void undo() {
        if (id.isEmpty()) {
            String summary = "find what launch %s made".formatted(token.value().substring(0, 8));
            id = Workflow.newActivityStub(BuilderActivities.class, ActivityProfiles.waitUntilDone(summary))
                    .find(new FindBuilder(region, token))
                    .id();
        }
        if (id.isPresent()) {
            terminate();
            confirmGone();
        }
    }

    /** Asks for termination until it is accepted. */
    void terminate() {
        String summary = "terminate " + ref().id();
        Workflow.newActivityStub(BuilderActivities.class, ActivityProfiles.untilDone(summary))
                .terminate(ref());
    }

    /** Waits until the builder was seen terminated with no volume left. */
    void confirmGone() {
        String summary = "see that %s is gone".formatted(ref().id());
        Workflow.newActivityStub(BuilderActivities.class, ActivityProfiles.waitUntilDone(summary))
                .awaitGone(ref());
    }
}
