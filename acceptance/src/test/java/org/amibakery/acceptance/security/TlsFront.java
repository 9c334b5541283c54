package org.amibakery.acceptance.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS in front of a server that does not, with a certificate of its own, and hands on what it is told. */
final class TlsFront implements AutoCloseable {
    private static final char[] PASSWORD = "only-for-tests".toCharArray();

    private final SSLServerSocket socket;
    private final String behind;
    private final Path certificate;
    private final String key;

    private TlsFront(SSLServerSocket socket, String behind, Path certificate, String key) {
        this.socket = socket;
        this.behind = behind;
        this.certificate = certificate;
        this.key = key;
    }

    /** Listens on a free port of loopback, in front of this address; keys are made in the folder. */
    static TlsFront of(String behind, Path folder) {
        try {
            KeyStore keys = keys(folder.resolve("front.p12"));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            SSLServerSocket socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Path certificate = Files.writeString(
                    folder.resolve("front.pem"),
                    pem("CERTIFICATE", keys.getCertificate("front").getEncoded()));
            String key = pem("PRIVATE KEY", keys.getKey("front", PASSWORD).getEncoded());
            TlsFront front = new TlsFront(socket, behind, certificate, key);
            inBackground(front::accept);
            return front;
        } catch (IOException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** What those must trust who connect, a PEM file. */
    Path certificate() {
        return certificate;
    }

    /** The key of that certificate in PEM, with which those who connect can pretend to be somebody, too. */
    String key() {
        return key;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(
                        what, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content));
    }

    private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> make = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "front",
                "-keyalg",
                "EC",
                "-dname",
                "CN=front",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        Process made = new ProcessBuilder(make).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), US_ASCII);
        assertThat(made.onExit().join().exitValue()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD);
        }
        return keys;
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            SSLSocket client = (SSLSocket) socket.accept();
            inBackground(() -> serve(client));
        }
    }

    private void serve(SSLSocket client) throws IOException {
        SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"}); // gRPC insists on it
        client.setSSLParameters(parameters);
        client.startHandshake();
        String[] address = behind.split(":", 2);
        Socket server = new Socket(address[0], Integer.parseInt(address[1]));
        inBackground(() -> pass(client, server));
        pass(server, client);
    }

    private static void pass(Socket from, Socket to) throws IOException {
        byte[] block = new byte[1 << 14];
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            InputStream in = from.getInputStream();
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                out.write(block, 0, read);
                out.flush();
            }
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException ended) {
                        // whoever hung up knows it
                    }
                },
                "TLS front");
        thread.setDaemon(true);
        thread.start();
    }
}
