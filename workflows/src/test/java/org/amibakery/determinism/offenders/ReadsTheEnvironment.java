package org.amibakery.determinism.offenders;

import java.time.ZoneId;

/** Depends on the machine it runs on, and tells so on its streams. */
public final class ReadsTheEnvironment {
    public void tell() {
        System.out.println(System.getenv("BAKERY_REGION") + System.getProperty("user.name") + ZoneId.systemDefault());
    }
}
