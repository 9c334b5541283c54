package org.amibakery.determinism.offenders;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;

/** Reads the time in every way that a replay cannot repeat; once by a method reference. */
public final class ReadsTheClock {
    @SuppressWarnings("JavaUtilDate") // Error Prone catches this one as well
    public List<Object> times() {
        Supplier<Instant> instant = Instant::now;
        return List.of(
                System.currentTimeMillis(),
                instant.get(),
                LocalDate.now(ZoneOffset.UTC),
                Clock.systemUTC().instant(),
                new Date().toInstant());
    }
}
