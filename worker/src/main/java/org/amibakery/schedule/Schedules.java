package org.amibakery.schedule;

import com.google.common.base.Throwables;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import org.amibakery.temporal.TemporalConnection;

/** Reaches the schedules of a namespace, and reads what a server says when it has none, or not that one. */
final class Schedules {
    private Schedules() {}

    static ScheduleClient of(TemporalConnection temporal) {
        return ScheduleClient.newInstance(
                temporal.service(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(new AbsentPayloads(
                                temporal.client().getOptions().getDataConverter()))
                        .build());
    }

    /** Whether the server knows no schedules at all, as the in-memory one does not. */
    static boolean areMissing(RuntimeException refused) {
        return answered(refused, Status.Code.UNIMPLEMENTED);
    }

    static boolean isNotFound(RuntimeException refused) {
        return answered(refused, Status.Code.NOT_FOUND);
    }

    private static boolean answered(RuntimeException refused, Status.Code code) {
        return Throwables.getCausalChain(refused).stream()
                .filter(StatusRuntimeException.class::isInstance)
                .map(StatusRuntimeException.class::cast)
                .anyMatch(cause -> cause.getStatus().getCode() == code);
    }
}
