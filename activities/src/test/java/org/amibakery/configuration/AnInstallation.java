package org.amibakery.configuration;

import java.util.List;
import java.util.Optional;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Polling;

/** An installation as small as one can be: its functions run in the worker, and it has no network of its own. */
public final class AnInstallation {
    private AnInstallation() {}

    /** Serves a stack in a region. */
    public static Installation of(String stack, Region region) {
        return new Installation(
                stack,
                region,
                new Network(List.of(), List.of(), false),
                "builder",
                new Functions(true, "", ""),
                stack,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Polling.DEFAULT);
    }
}
