package org.amibakery.temporal;

import com.uber.m3.tally.Scope;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.internal.retryer.GrpcRetryer;
import io.temporal.internal.retryer.GrpcRetryer.GrpcRetryerOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.rpcretry.DefaultStubServiceOperationRpcRetryOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.amibakery.bake.BakeryJson;
import org.amibakery.codec.EncryptedJson;
import org.amibakery.codec.PayloadKeys;

/**
 * Connects to Temporal as its own CLI does: profile file, {@code TEMPORAL_*} variables, TLS and API key included. What
 * it writes there is encrypted where {@link PayloadKeys#VARIABLE} names keys.
 */
public final class TemporalConnection implements AutoCloseable {
    /** A server that does not answer for so long is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String DEFAULT_ADDRESS = "127.0.0.1:7233";

    private final WorkflowServiceStubs service;
    private final WorkflowClient client;
    private final String address;

    private TemporalConnection(WorkflowServiceStubs service, WorkflowClient client, String address) {
        this.service = service;
        this.client = client;
        this.address = address;
    }

    /**
     * Connects by an environment that need not be this process's.
     *
     * @throws Unreachable when no server answers, or the profile file cannot be read
     * @throws org.amibakery.codec.UnusableKeys when the file of payload keys is none
     */
    public static TemporalConnection open(Map<String, String> environment) {
        return open(environment, WorkflowServiceStubsOptions.newBuilder());
    }

    /** Connects by an environment and reports the SDK's figures to a scope. */
    public static TemporalConnection open(Map<String, String> environment, Scope metrics) {
        return open(environment, WorkflowServiceStubsOptions.newBuilder().setMetricsScope(metrics));
    }

    private static TemporalConnection open(
            Map<String, String> environment, WorkflowServiceStubsOptions.Builder wanted) {
        ClientConfigProfile profile = profile(environment);
        WorkflowServiceStubsOptions configured = profile.toWorkflowServiceStubsOptions();
        String target = configured.getTarget() == null || configured.getTarget().isBlank()
                ? DEFAULT_ADDRESS
                : configured.getTarget();
        WorkflowServiceStubsOptions own = wanted.build();
        WorkflowServiceStubsOptions.Builder options =
                WorkflowServiceStubsOptions.newBuilder(configured).setTarget(target);
        if (own.getMetricsScope() != null) {
            options.setMetricsScope(own.getMetricsScope());
        }
        DataConverter converter = EncryptedJson.dataConverter(PayloadKeys.of(environment));
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(options.build());
        TemporalConnection connection = new TemporalConnection(
                service,
                WorkflowClient.newInstance(
                        service,
                        WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                                .setDataConverter(converter)
                                .validateAndBuildWithDefaults()),
                target);
        connection.check();
        return connection;
    }

    /**
     * Speaks over stubs that the caller has set up, and closes them in the end.
     *
     * @param address where they lead, for people
     */
    public static TemporalConnection over(WorkflowServiceStubs service, String address, String namespace) {
        WorkflowClientOptions options = WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(BakeryJson.dataConverter())
                .validateAndBuildWithDefaults();
        return new TemporalConnection(service, WorkflowClient.newInstance(service, options), address);
    }

    public WorkflowClient client() {
        return client;
    }

    public WorkflowServiceStubs service() {
        return service;
    }

    /** Where the server is, for people. */
    public String address() {
        return address;
    }

    public String namespace() {
        return client.getOptions().getNamespace();
    }

    /**
     * Calls the server again while it is busy or away for a moment, as the SDK does with all that goes through its client,
     * but not with what is asked of the server directly.
     *
     * @param call may be made several times
     * @throws StatusRuntimeException the last one, when the server refuses or stays away for a minute
     */
    public <T> T insisting(Supplier<T> call) {
        return new GrpcRetryer(service.getServerCapabilities())
                .retryWithResult(
                        call::get, new GrpcRetryerOptions(DefaultStubServiceOperationRpcRetryOptions.INSTANCE, null));
    }

    @Override
    public void close() {
        service.shutdownNow();
    }

    private static ClientConfigProfile profile(Map<String, String> environment) {
        try {
            return ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(environment)
                    .build());
        } catch (IOException | RuntimeException unreadable) {
            throw new Unreachable(
                    "The Temporal profile could not be read: %s. Look at TEMPORAL_PROFILE and TEMPORAL_CONFIG_FILE."
                            .formatted(unreadable.getMessage()),
                    unreadable);
        }
    }

    private void check() {
        try {
            service.connect(PATIENCE);
        } catch (StatusRuntimeException | IllegalStateException unanswered) {
            service.shutdownNow();
            throw new Unreachable(
                    ("Temporal at %s does not answer (namespace %s): %s. Start one with: temporal server start-dev;"
                                    + " or say where it is with TEMPORAL_ADDRESS or a profile.")
                            .formatted(address, namespace(), unanswered.getMessage()),
                    unanswered);
        }
    }
}
