package org.amibakery.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.amibakery.http.HttpEndpoint;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Encodes and decodes payloads for Temporal's Web UI and CLI, as a
 * <a href="https://docs.temporal.io/production-deployment/data-encryption">codec server</a> does, on loopback alone: who
 * reaches it reads what the keys protect. So a page in a browser is answered only where its origin was named, and a name
 * that somebody made lead here is refused.
 */
public final class CodecEndpoint implements AutoCloseable {
    /** Temporal lets no payload be larger than 2 MiB; a page of a history brings several. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpEndpoint endpoint;

    private CodecEndpoint(HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Starts answering {@code POST /encode} and {@code POST /decode}.
     *
     * @param port 0 takes a free one
     * @param origins of the Web UIs that may ask, such as {@code http://localhost:8233}
     * @throws org.amibakery.http.CannotListen when the port is taken
     */
    public static CodecEndpoint start(int port, Set<String> origins, PayloadKeys keys) {
        SizeLimitHandler limited = new SizeLimitHandler(MOST_BYTES, -1);
        limited.setHandler(new Codec(new AesGcmCodec(keys)));
        CrossOriginHandler asked = crossOrigin(origins);
        asked.setHandler(limited);
        return new CodecEndpoint(HttpEndpoint.start(
                "The codec",
                new InetSocketAddress(loopback(), port),
                "Choose another port with --port, or 0 for a free one.",
                new OwnNameOnly(asked)));
    }

    /** Where it listens. */
    public URI address() {
        return endpoint.address();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** By its number: a name of it may lead to another family of addresses. */
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("Four bytes are an address", impossible);
        }
    }

    private static CrossOriginHandler crossOrigin(Set<String> origins) {
        CrossOriginHandler handler = new CrossOriginHandler();
        handler.setAllowedOriginPatterns(origins.stream().map(Pattern::quote).collect(Collectors.toSet()));
        handler.setAllowedMethods(Set.of("POST"));
        handler.setAllowedHeaders(Set.of("Content-Type", "X-Namespace", "Authorization"));
        handler.setAllowCredentials(true); // the Web UI asks with them when it is told to
        handler.setDeliverPreflightRequests(false);
        handler.setDeliverNonAllowedOriginRequests(false);
        return handler;
    }

    /** A page whose name an attacker leads to this machine is of an origin of its own here, and would read all. */
    private static final class OwnNameOnly extends Handler.Wrapper {
        private OwnNameOnly(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (OWN_NAMES.contains(request.getHttpURI().getHost())) {
                return super.handle(request, response, callback);
            }
            refuse(response, callback, 403, "This codec answers at 127.0.0.1 and localhost alone.");
            return true;
        }
    }

    private static final class Codec extends Handler.Abstract {
        private final PayloadCodec codec;

        private Codec(PayloadCodec codec) {
            this.codec = codec;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            switch (Request.getPathInContext(request)) {
                case "/encode" -> work(request, response, callback, codec::encode);
                case "/decode" -> work(request, response, callback, codec::decode);
                default -> refuse(response, callback, 404, "There is POST /encode and POST /decode.");
            }
            return true;
        }

        private static void work(
                Request request, Response response, Callback callback, UnaryOperator<List<Payload>> codec)
                throws IOException {
            String type = HttpField.stripParameters(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
            if (!request.getMethod().equals("POST") || !"application/json".equalsIgnoreCase(type)) {
                refuse(response, callback, 415, "Send a POST of application/json.");
                return;
            }
            try {
                Payloads.Builder asked = Payloads.newBuilder();
                JsonFormat.parser().merge(Content.Source.asString(request, UTF_8), asked);
                Payloads worked = Payloads.newBuilder()
                        .addAllPayloads(codec.apply(asked.getPayloadsList()))
                        .build();
                HttpEndpoint.answer(
                        response,
                        callback,
                        200,
                        "application/json",
                        JsonFormat.printer().print(worked));
            } catch (InvalidProtocolBufferException unreadable) {
                refuse(response, callback, 400, "These are no payloads: " + unreadable.getMessage());
            } catch (PayloadCodecException refused) {
                refuse(response, callback, 400, refused.getMessage());
            }
        }
    }

    private static void refuse(Response response, Callback callback, int status, String why) {
        HttpEndpoint.answer(response, callback, status, "text/plain; charset=utf-8", why + "\n");
    }
}
