package org.amibakery.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Files of payload keys. */
final class KeyFile {
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyFile() {}

    /** A line of a file: an id and a fresh key. */
    static String line(String id) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return id + " " + Base64.getEncoder().encodeToString(key);
    }

    static Path of(Path folder, String... lines) {
        try {
            return Files.write(Files.createTempFile(folder, "keys", ".txt"), Arrays.asList(lines));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
