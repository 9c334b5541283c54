package org.amibakery.determinism.offenders;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;

/** Talks to others in workflow code; never called. */
public final class OpensASocket {
    private final HttpClient http;

    public OpensASocket(HttpClient http) {
        this.http = http;
    }

    public boolean isUp(String host) throws IOException {
        try (Socket socket = new Socket(host, 443)) {
            return socket.isConnected() && http.connectTimeout().isEmpty();
        }
    }
}
