package org.amibakery.doctor;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import java.util.List;
import org.amibakery.bake.BakeWorkflow;
import org.amibakery.temporal.TemporalConnection;

/** Examines the server: that it answers, that the namespace is there, and that somebody works for it. */
final class TemporalCheckup implements Checkup {
    private final TemporalConnection temporal;

    TemporalCheckup(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    @Override
    public List<Finding> examine() {
        return List.of(server(), namespace(), workers());
    }

    private Finding server() {
        String version = version();
        return Finding.good(
                "server",
                "Temporal%s answers at %s.".formatted(version.isEmpty() ? "" : " " + version, temporal.address()));
    }

    private Finding namespace() {
        String name = temporal.namespace();
        try {
            var unused = temporal.insisting(() -> temporal.service()
                    .blockingStub()
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(name)
                            .build()));
            return Finding.good("namespace", "Namespace %s is there.".formatted(name));
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode() == Status.Code.NOT_FOUND
                    ? Finding.broken(
                            "namespace",
                            "There is no namespace %s.".formatted(name),
                            "Correct TEMPORAL_NAMESPACE or the profile, or create it: temporal operator namespace create --namespace %s"
                                    .formatted(name))
                    : Finding.broken(
                            "namespace",
                            "Namespace %s cannot be read: %s.".formatted(name, refused.getStatus()),
                            "Check TEMPORAL_API_KEY, the certificates or the profile.");
        }
    }

    /** A courtesy: what matters is that something answers. */
    private String version() {
        try {
            return temporal.service()
                    .blockingStub()
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion();
        } catch (StatusRuntimeException untold) {
            return "";
        }
    }

    private Finding workers() {
        try {
            return workers(pollers());
        } catch (StatusRuntimeException untold) {
            return Finding.untried(
                    "workers",
                    "The server does not tell who polls the task queue %s (%s)."
                            .formatted(
                                    BakeWorkflow.TASK_QUEUE, untold.getStatus().getCode()),
                    "Look whether a worker runs: its /readyz answers 200.");
        }
    }

    private int pollers() {
        return temporal.insisting(() -> temporal.service()
                        .blockingStub()
                        .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                                .setNamespace(temporal.namespace())
                                .setTaskQueue(TaskQueue.newBuilder().setName(BakeWorkflow.TASK_QUEUE))
                                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                                .build()))
                .getPollersCount();
    }

    private static Finding workers(int polling) {
        return polling > 0
                ? Finding.good("workers", "Workers poll the task queue %s.".formatted(BakeWorkflow.TASK_QUEUE))
                : Finding.warning(
                        "workers",
                        "Nobody polls the task queue %s, so bakes wait.".formatted(BakeWorkflow.TASK_QUEUE),
                        "Start one: bakery worker");
    }
}
