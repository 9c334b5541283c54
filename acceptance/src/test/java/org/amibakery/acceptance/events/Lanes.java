package org.amibakery.acceptance.events;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.amibakery.acceptance.processes.TemporalDevServer;

/** A real Temporal server with some namespaces, each of which one bakery at a time has to itself. */
final class Lanes implements AutoCloseable {
    /** Bakes mostly wait; so many keep two cores busy. */
    private static final int COUNT = 8;

    private final TemporalDevServer server;
    private final BlockingQueue<String> free;

    private Lanes(TemporalDevServer server, List<String> namespaces) {
        this.server = server;
        free = new LinkedBlockingQueue<>(namespaces);
    }

    /** Starts the server; skips the tests where there is none. */
    static Lanes open() throws InterruptedException {
        List<String> namespaces =
                IntStream.range(0, COUNT).mapToObj(number -> "lane-" + number).toList();
        return new Lanes(TemporalDevServer.requireWithNamespaces(namespaces), namespaces);
    }

    /** Opens a bakery in the next lane that is free. */
    GatedBakery bakery() throws InterruptedException {
        String namespace = free.take();
        return GatedBakery.real(server.address(), namespace, () -> free.add(namespace));
    }

    @Override
    public void close() {
        server.close();
    }
}
