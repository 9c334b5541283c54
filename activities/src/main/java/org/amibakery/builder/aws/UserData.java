package org.amibakery.builder.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Writes the script that a builder runs at its first boot: it arms the self-destruct and sees to the SSM agent. The
 * expiry is all that varies, so a repeated launch sends the same bytes.
 */
final class UserData {
    private static final String RESOURCE = "user-data.sh";
    private static final String PLACEHOLDER = "@@EXPIRES@@";

    private UserData() {}

    /** The script in the base64 that RunInstances takes. */
    static String expiringAt(Instant expiry) {
        String script = script().replace(
                        PLACEHOLDER, expiry.truncatedTo(ChronoUnit.SECONDS).toString());
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8));
    }

    private static String script() {
        try (InputStream resource = UserData.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The worker was built without infrastructure/builder/" + RESOURCE);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
