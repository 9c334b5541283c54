package org.amibakery.lambdas.orphans;

import java.util.List;
import org.amibakery.lambdas.Demand;
import org.amibakery.lambdas.InvalidFunctionRequest;
import org.amibakery.lambdas.cleanup.CleanUpMode;

/**
 * Asks to remove what bakes left behind. Refused with {@link InvalidFunctionRequest} before any call when incomplete.
 *
 * @param stack the installation whose tag {@code ami-bakery:stack} marks ownership
 * @param region the installation's region, which also tells the others
 * @param regions where to look; when empty, in all regions that the account has enabled, this one first
 * @param mode whether to remove or only to tell
 * @param most how many one run may remove, 1 to 1,000: an installation leaves few, so a great number is a mistake
 */
public record CleanUpOrphansRequest(String stack, String region, List<String> regions, CleanUpMode mode, int most) {
    private static final Demand.Bounds COUNT = new Demand.Bounds(1, 1_000);

    public CleanUpOrphansRequest {
        Demand.text("stack", stack);
        Demand.region(region);
        regions = regions == null ? List.of() : List.copyOf(regions);
        regions.forEach(Demand::region);
        Demand.present("mode", mode);
        Demand.count("most", most, COUNT);
    }
}
