package org.amibakery.acceptance.deaths;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;

/** The line between a worker and AWS, on loopback: it can be cut, and mended. */
final class CutLine implements AutoCloseable {
    private final ServerSocket front;
    private final URI aws;
    private final ExecutorService threads = Executors.newCachedThreadPool(CutLine::daemon);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Manner manner = Manner.WHOLE;
    private final Phaser mended = new Phaser(1);

    private CutLine(ServerSocket front, URI aws) {
        this.front = front;
        this.aws = aws;
    }

    /** What the line does. */
    enum Manner {
        WHOLE,
        /** Every connection is refused; those there were are broken, whatever was on its way. */
        REFUSES,
        /** Connections are taken and stay open, and nothing passes until the line is mended; then everything does. */
        SWALLOWS,
        /** Requests pass, and the connection breaks before a whole answer has come back. */
        BREAKS_ANSWERS
    }

    /** Opens a line to this address. */
    static CutLine to(URI aws) {
        try {
            CutLine line = new CutLine(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), aws);
            line.threads.execute(line::accept);
            return line;
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Where the worker's end is. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + front.getLocalPort());
    }

    /** From now on the line is like this. */
    void be(Manner next) {
        manner = next;
        if (next != Manner.SWALLOWS) {
            mended.arrive();
        }
        if (next == Manner.REFUSES || next == Manner.BREAKS_ANSWERS) {
            sockets.forEach(CutLine::close);
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        mended.forceTermination();
        sockets.forEach(CutLine::close);
        threads.shutdownNow();
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                Socket worker = front.accept();
                if (manner == Manner.REFUSES) {
                    worker.setSoLinger(true, 0); // a reset, as nobody listens
                    worker.close();
                } else {
                    connect(worker);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket worker) throws IOException {
        Socket behind = new Socket(aws.getHost(), aws.getPort());
        sockets.add(worker);
        sockets.add(behind);
        threads.execute(() -> pass(worker, behind, Direction.REQUEST));
        threads.execute(() -> pass(behind, worker, Direction.ANSWER));
    }

    private void pass(Socket from, Socket to, Direction direction) {
        byte[] bytes = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                int phase = mended.getPhase();
                if (manner == Manner.SWALLOWS) {
                    mended.awaitAdvance(phase);
                }
                if (direction == Direction.ANSWER && manner == Manner.BREAKS_ANSWERS) {
                    out.write(bytes, 0, read / 2);
                    return;
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException broken) {
            // as the test wants it; both ends see it
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private enum Direction {
        REQUEST,
        ANSWER
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            throw new UncheckedIOException(closedAlready);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "line to AWS");
        thread.setDaemon(true);
        return thread;
    }
}
