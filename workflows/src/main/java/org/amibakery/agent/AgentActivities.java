package org.amibakery.agent;

import io.temporal.activity.ActivityInterface;
import org.amibakery.builder.BuilderRef;

/** Watches SSM agents. Read-only. */
@ActivityInterface(namePrefix = "Agent.")
public interface AgentActivities {
    /** Waits until SSM reports the builder's agent Online. That may be stale: a command has to prove it. */
    Agent awaitOnline(BuilderRef builder);
}
