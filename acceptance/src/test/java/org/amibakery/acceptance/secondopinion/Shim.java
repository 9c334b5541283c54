package org.amibakery.acceptance.secondopinion;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before moto: whatever moto can do goes to moto as it came; for the rest there is a stand-in. It counts both, so
 * that a test can say whose opinion it was.
 */
final class Shim implements AutoCloseable {
    /** Those that the transport sets by itself, at either end. */
    private static final Set<String> OF_THE_TRANSPORT =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "date", "server");

    private final URI moto;
    private final Map<String, StandIn> standIns;
    private final Map<String, Integer> forwarded = new ConcurrentHashMap<>();
    private final Map<String, Integer> stoodIn = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private Shim(URI moto, Map<String, StandIn> standIns) throws IOException {
        this.moto = moto;
        this.standIns = Map.copyOf(standIns);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    /** Answers in the place of moto, or helps it to. */
    @FunctionalInterface
    interface StandIn {
        /**
         * Answers one call, or leaves it to moto.
         *
         * @param moto answers a call without it being counted
         */
        Optional<WireAnswer> answer(WireCall call, Moto moto);
    }

    /** Moto itself. */
    @FunctionalInterface
    interface Moto {
        WireAnswer answer(WireCall call);
    }

    /** Starts on a free port of loopback. */
    static Shim before(URI moto, Map<String, StandIn> standIns) {
        try {
            return new Shim(moto, standIns);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often moto alone answered, by operation. */
    Map<String, Integer> forwarded() {
        return new TreeMap<>(forwarded);
    }

    /** How often a stand-in answered, by operation. */
    Map<String, Integer> stoodIn() {
        return new TreeMap<>(stoodIn);
    }

    /** Forgets what it has counted. */
    void countFromNow() {
        forwarded.clear();
        stoodIn.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            WireCall call = new WireCall(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath() + query(exchange.getRequestURI()),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            send(exchange, answer(call));
        }
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    private WireAnswer answer(WireCall call) {
        String operation = call.operation();
        Optional<WireAnswer> answer =
                Optional.ofNullable(standIns.get(operation)).flatMap(standIn -> standIn.answer(call, this::forward));
        (answer.isPresent() ? stoodIn : forwarded).merge(operation, 1, Integer::sum);
        return answer.orElseGet(() -> forward(call));
    }

    private WireAnswer forward(WireCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(moto.resolve(call.target()))
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach((name, values) -> {
            if (!isOfTheTransport(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new WireAnswer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The shim was stopped", interrupted);
        }
    }

    private static void send(HttpExchange exchange, WireAnswer answer) throws IOException {
        answer.headers().forEach((name, values) -> {
            boolean lengthOfNoBody = name.equalsIgnoreCase("content-length") && isHead(exchange);
            if (lengthOfNoBody || !isOfTheTransport(name)) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        boolean empty = isHead(exchange) || answer.body().length == 0;
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static boolean isOfTheTransport(String header) {
        return OF_THE_TRANSPORT.contains(header.toLowerCase(Locale.ROOT));
    }

    /** What a test prints when it disagrees. */
    @Override
    public String toString() {
        return "moto answered %s, the shim %s".formatted(forwarded(), stoodIn());
    }
}
