package org.amibakery.loopback;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.wire.AccessKey;
import org.amibakery.simulator.wire.FaultPlan;
import org.amibakery.simulator.wire.WireServer;
import software.amazon.awssdk.core.SdkClient;

/** Serves fakes of single AWS services over their real protocols, so that the real clients and their retries are used. */
public final class LoopbackAws implements AutoCloseable {
    public static final Region REGION = new Region("us-east-1");

    private static final AccessKey KEY = AccessKey.longTerm("AKIALOOPBACK", "no-secret");

    private final FaultPlan faults = new FaultPlan();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final WireServer server;
    private final AwsClients clients;

    private LoopbackAws(Map<String, SdkClient> services) {
        server = WireServer.builder(scope -> Optional.ofNullable(services.get(scope.service())), id -> Optional.of(KEY)
                        .filter(key -> key.id().equals(id)))
                .faults(faults)
                .listener(call -> calls.add(call.operation()))
                .start();
        clients = AwsClients.at(new AwsEndpoint(server.endpoint(), KEY.id(), KEY.secret()));
    }

    /** Serves these handlers by their services' signing names. */
    public static LoopbackAws serving(Map<String, SdkClient> services) {
        return new LoopbackAws(services);
    }

    public AwsClients clients() {
        return clients;
    }

    public FaultPlan faults() {
        return faults;
    }

    /** How often an operation was called, the client's own retries included. */
    public int callsOf(String operation) {
        return Collections.frequency(calls, operation);
    }

    @Override
    public void close() {
        clients.close();
        server.close();
    }
}
