package org.amibakery.codec;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of payloads, by their ids: the first one encrypts, every one decrypts. They are read from a file and never
 * from a variable, as a process's environment is easier to see than its files.
 */
public final class PayloadKeys {
    /** The variable that names the file. */
    public static final String VARIABLE = "BAKERY_PAYLOAD_KEYS";

    private static final int KEY_BYTES = 32; // AES-256
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String HOW_TO_MAKE_ONE =
            "Make a key with: echo \"$(date +%Y-%m) $(openssl rand -base64 32)\" >> FILE";

    private final Map<String, SecretKey> keys;

    private PayloadKeys(Map<String, SecretKey> keys) {
        this.keys = keys;
    }

    /** No keys: payloads are written in clear. */
    public static PayloadKeys none() {
        return new PayloadKeys(Map.of());
    }

    /**
     * Those of the file that {@value #VARIABLE} names; none when it names none.
     *
     * @throws UnusableKeys when it names something else
     */
    public static PayloadKeys of(Map<String, String> environment) {
        String file = environment.getOrDefault(VARIABLE, "");
        return file.isBlank() ? none() : read(Path.of(file));
    }

    /**
     * Reads a file of lines {@code <key id> <32 bytes in base64>}; empty lines and those that begin with # are skipped.
     *
     * @throws UnusableKeys when there is no such file, or it holds no key or anything else
     */
    public static PayloadKeys read(Path file) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String where = "%s, line %d".formatted(file, number);
                String[] parts = line.strip().split("\\s+", -1);
                if (keys.put(id(parts, where), key(parts, where)) != null) {
                    throw new UnusableKeys("%s: the key id %s is there twice.".formatted(where, parts[0]));
                }
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableKeys("%s holds no key, so nothing can be encrypted. %s".formatted(file, HOW_TO_MAKE_ONE));
        }
        return new PayloadKeys(keys);
    }

    /** The id of the key that encrypts; none when payloads are written in clear. */
    public Optional<String> current() {
        return keys.keySet().stream().findFirst();
    }

    /** The key of an id. */
    Optional<SecretKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Which keys there are, for people. */
    @Override
    public String toString() {
        return keys.isEmpty() ? "no keys" : String.join(", ", keys.keySet());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException binary) {
            throw new UnusableKeys("%s is not text. It takes lines of a key id and 32 bytes in base64. %s"
                    .formatted(file, HOW_TO_MAKE_ONE));
        } catch (IOException unreadable) {
            throw new UnusableKeys("The payload keys cannot be read from %s (%s). %s names their file."
                    .formatted(file, unreadable.getClass().getSimpleName(), VARIABLE));
        }
    }

    private static String id(String[] parts, String where) {
        if (parts.length != 2 || !ID.matcher(parts[0]).matches()) {
            throw new UnusableKeys(
                    ("%s: this is no key. A line is a key id (letters, digits, dots, dashes), a space, and 32 bytes in"
                                    + " base64. %s")
                            .formatted(where, HOW_TO_MAKE_ONE));
        }
        return parts[0];
    }

    private static SecretKey key(String[] parts, String where) {
        byte[] bytes = bytes(parts[1], where);
        if (bytes.length != KEY_BYTES) {
            throw new UnusableKeys("%s: the key has %d bytes, and AES-256 takes %d. %s"
                    .formatted(where, bytes.length, KEY_BYTES, HOW_TO_MAKE_ONE));
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static byte[] bytes(String written, String where) {
        try {
            return Base64.getDecoder().decode(written);
        } catch (IllegalArgumentException notBase64) {
            throw new UnusableKeys("%s: the key is not base64. %s".formatted(where, HOW_TO_MAKE_ONE));
        }
    }
}
