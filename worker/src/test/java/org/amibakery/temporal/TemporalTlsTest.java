package org.amibakery.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who Temporal is, and who the worker is, is proved before anything is said; nothing is said in the clear that should not be. */
@Execution(ExecutionMode.CONCURRENT) // each refusal waits until the server surely does not answer
class TemporalTlsTest {
    /** What Netty says of the calls that are refused here; held, or it would be forgotten with its level. */
    private static final Logger REFUSALS = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerTransport");

    private static final String API_KEY = "an-api-key-that-nobody-may-see";

    @TempDir
    private static Path folder;

    private static SelfSigned ours;
    private static SelfSigned workers;
    private static SelfSigned strangers;
    private static TestServicesStarter services;
    private static Server server;
    private static Server inTheClear;
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final List<String> SEEN_IN_THE_CLEAR = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void a_server_that_wants_to_know_who_asks() throws Exception {
        REFUSALS.setLevel(Level.OFF);
        ours = SelfSigned.named("temporal", folder);
        workers = SelfSigned.named("worker", folder);
        strangers = SelfSigned.named("stranger", folder);
        services = new TestServicesStarter(true, 0);
        server = start(
                onLoopback()
                        .sslContext(GrpcSslContexts.forServer(
                                        ours.certificate().toFile(), ours.key().toFile())
                                .trustManager(workers.certificate().toFile())
                                .clientAuth(ClientAuth.REQUIRE)
                                .build()),
                SEEN);
        inTheClear = start(onLoopback(), SEEN_IN_THE_CLEAR);
    }

    @AfterAll
    static void stop() {
        server.shutdownNow();
        inTheClear.shutdownNow();
        services.close();
    }

    @Test
    void both_know_each_other_by_their_certificates() {
        try (TemporalConnection connection = TemporalConnection.open(environment(ours, Optional.of(workers)))) {
            assertThat(connection.namespace()).isEqualTo("default");
        }
    }

    @Test
    void a_server_with_another_certificate_is_not_believed() {
        assertUnreachable(environment(strangers, Optional.of(workers)));
    }

    @Test
    void a_worker_without_its_certificate_is_refused() {
        assertUnreachable(environment(ours, Optional.empty()));
    }

    @Test
    void a_worker_with_a_strangers_certificate_is_refused() {
        assertUnreachable(environment(ours, Optional.of(strangers)));
    }

    @Test
    void a_worker_that_speaks_in_the_clear_is_refused() {
        assertUnreachable(Map.of("TEMPORAL_ADDRESS", address(server)));
    }

    @Test
    void an_api_key_goes_to_the_server_by_tls() {
        Map<String, String> environment = new HashMap<>(environment(ours, Optional.of(workers)));
        environment.put("TEMPORAL_API_KEY", API_KEY);

        TemporalConnection.open(environment).close();

        assertThat(SEEN).contains("Bearer " + API_KEY);
    }

    @Test
    void an_api_key_is_not_said_in_the_clear_nor_in_the_message() {
        Map<String, String> environment = Map.of("TEMPORAL_ADDRESS", address(inTheClear), "TEMPORAL_API_KEY", API_KEY);

        assertThatThrownBy(() -> TemporalConnection.open(environment))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining(address(inTheClear))
                .hasMessageNotContaining(API_KEY);
        assertThat(SEEN_IN_THE_CLEAR).isEmpty();
    }

    private static void assertUnreachable(Map<String, String> environment) {
        assertThatThrownBy(() -> TemporalConnection.open(environment))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("does not answer");
    }

    private static Map<String, String> environment(SelfSigned trusted, Optional<SelfSigned> own) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TEMPORAL_ADDRESS", address(server));
        environment.put("TEMPORAL_TLS", "true");
        environment.put(
                "TEMPORAL_TLS_SERVER_CA_CERT_PATH", trusted.certificate().toString());
        own.ifPresent(self -> {
            environment.put("TEMPORAL_TLS_CLIENT_CERT_PATH", self.certificate().toString());
            environment.put("TEMPORAL_TLS_CLIENT_KEY_PATH", self.key().toString());
        });
        return environment;
    }

    private static NettyServerBuilder onLoopback() {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static Server start(NettyServerBuilder builder, List<String> seen) throws Exception {
        GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder, List.of(new KeyReader(seen)));
        return builder.build().start();
    }

    private static String address(Server server) {
        return "127.0.0.1:" + server.getPort();
    }

    /** Notes how those who call say who they are. */
    private record KeyReader(List<String> seen) implements ServerInterceptor {
        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Optional.ofNullable(headers.get(AUTHORIZATION)).ifPresent(seen::add);
            return next.startCall(call, headers);
        }
    }
}
