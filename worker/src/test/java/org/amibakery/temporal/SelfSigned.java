package org.amibakery.temporal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key of its own, with a certificate for loopback that vouches for itself.
 *
 * @param certificate a PEM file
 * @param key a PEM file, which nobody else has
 */
record SelfSigned(Path certificate, Path key) {
    private static final char[] PASSWORD = "only-for-tests".toCharArray();
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    /** Makes one by the JDK's own tool. */
    static SelfSigned named(String name, Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
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
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        assertThat(keytool.waitFor()).as(said).isZero();
        return from(store, name, folder);
    }

    private static SelfSigned from(Path store, String name, Path folder) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD);
        }
        return new SelfSigned(
                pem("CERTIFICATE", keys.getCertificate(name).getEncoded(), folder.resolve(name + ".pem")),
                pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded(), folder.resolve(name + ".key")));
    }

    private static Path pem(String what, byte[] content, Path file) throws IOException {
        String text = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, PEM.encodeToString(content));
        return Files.writeString(file, text);
    }
}
