package org.amibakery.simulator.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.awssdk.utils.DateUtils;

/** Carries requests from Jetty to the dispatcher, and answers, or what a fault made of them, back. */
final class HttpFront extends Handler.Abstract {
    private final Dispatcher dispatcher;
    private final Clock clock;

    HttpFront(Dispatcher dispatcher, Clock clock) {
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException, InterruptedException {
        deliver(dispatcher.dispatch(read(request)), new Exchange(request, response, callback));
        return true;
    }

    private static WireRequest read(Request request) throws IOException {
        Headers headers = new Headers();
        for (HttpField field : request.getHeaders()) {
            headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        byte[] body = Content.Source.asInputStream(request).readAllBytes();
        return WireRequest.of(request.getMethod(), request.getHttpURI().getPathQuery(), headers, body);
    }

    private void deliver(Delivery delivery, Exchange exchange) throws IOException {
        if (delivery instanceof Delivery.Send send) {
            writeHead(send.answer(), exchange);
            boolean head = exchange.request().getMethod().equals("HEAD");
            ByteBuffer body = ByteBuffer.wrap(head ? new byte[0] : send.answer().body());
            exchange.response().write(true, body, exchange.callback());
        } else if (delivery instanceof Delivery.SendHalf half) {
            sendHalf(half.answer(), exchange);
        } else if (delivery instanceof Delivery.Reset) {
            reset(exchange);
        } else if (delivery instanceof Delivery.Close) {
            close(exchange);
        }
        // a hung call is never completed: its connection stays open until the client or the server closes it
    }

    private void writeHead(WireAnswer answer, Exchange exchange) {
        Response response = exchange.response();
        response.setStatus(answer.status());
        response.getHeaders().put("Date", DateUtils.formatRfc1123Date(clock.instant()));
        boolean head = exchange.request().getMethod().equals("HEAD");
        answer.headers().asMap().forEach((name, values) -> {
            if (head || !name.equalsIgnoreCase("Content-Length")) { // only HEAD tells the length of what it leaves out
                response.getHeaders().put(name, String.join(",", values));
            }
        });
    }

    /** Half of no body is none: then the connection is closed without an answer. */
    private void sendHalf(WireAnswer answer, Exchange exchange) {
        byte[] body = answer.body();
        if (body.length == 0) {
            close(exchange);
            return;
        }
        writeHead(answer, exchange);
        exchange.response().getHeaders().put("Content-Length", Integer.toString(body.length));
        ByteBuffer half = ByteBuffer.wrap(body, 0, body.length / 2);
        exchange.response().write(false, half, Callback.from(() -> close(exchange), failure -> close(exchange)));
    }

    private static void reset(Exchange exchange) throws IOException {
        if (exchange.endPoint().getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // closing then sends RST in place of FIN
        }
        close(exchange);
    }

    private static void close(Exchange exchange) {
        exchange.endPoint().close();
        exchange.callback().failed(new EofException("A fault closed the connection")); // Jetty logs an EOF quietly
    }

    private record Exchange(Request request, Response response, Callback callback) {
        EndPoint endPoint() {
            return request.getConnectionMetaData().getConnection().getEndPoint();
        }
    }
}
