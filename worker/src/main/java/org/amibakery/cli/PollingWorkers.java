package org.amibakery.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.temporal.TemporalConnection;

/** Tells whether anybody works on what Temporal has to hand out. */
final class PollingWorkers {
    private static final int PATIENCE_SECONDS = 3;

    private final TemporalConnection temporal;

    PollingWorkers(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    /** Whether any worker polls. Asked when a query was not answered: a server that cannot tell has nobody to ask. */
    boolean areThere() {
        try {
            return temporal.service()
                            .blockingStub()
                            .withDeadlineAfter(PATIENCE_SECONDS, SECONDS)
                            .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                                    .setNamespace(temporal.namespace())
                                    .setTaskQueue(TaskQueue.newBuilder().setName(BakeWorkflow.TASK_QUEUE))
                                    .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                                    .build())
                            .getPollersCount()
                    > 0;
        } catch (StatusRuntimeException unknown) {
            return false;
        }
    }

    /** What is missing when there are none, and what to do. */
    String absence(String waiting) {
        return "No worker polls the task queue %s of namespace %s, so %s waits. Start one with: bakery worker"
                .formatted(BakeWorkflow.TASK_QUEUE, temporal.namespace(), waiting);
    }
}
