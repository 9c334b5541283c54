package org.amibakery.determinism.offenders;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Leaves four things to chance, one of them within a lambda. */
public final class RollsDice {
    public List<Object> rolls() {
        Supplier<UUID> token = () -> UUID.randomUUID();
        return List.of(Math.random(), token.get(), new Random(1).nextInt(6), new SecureRandom().nextInt(6));
    }
}
