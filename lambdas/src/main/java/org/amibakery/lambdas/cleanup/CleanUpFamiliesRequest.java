package org.amibakery.lambdas.cleanup;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.amibakery.lambdas.Demand;
import org.amibakery.lambdas.InvalidFunctionRequest;

/**
 * Asks to clean up several image families of one stack in one region, whose bakes end at about the same time: what they have
 * is listed once for all. Refused with {@link InvalidFunctionRequest} before any call when incomplete.
 *
 * @param families 1 to {@value #MOST} requests, of different families; the same stack, region and {@code bakedIn} in each
 */
public record CleanUpFamiliesRequest(List<CleanUpImagesRequest> families) {
    /** So many, with ten deletions each, mostly fit into a function's time; those that do not are asked for again. */
    public static final int MOST = 10;

    public CleanUpFamiliesRequest {
        families = List.copyOf(Demand.present("families", families));
        Demand.count("the number of families", families.size(), new Demand.Bounds(1, MOST));
        Set<String> names = new HashSet<>();
        for (CleanUpImagesRequest family : families) {
            if (!isTogetherWith(families.get(0), family)) {
                throw new InvalidFunctionRequest(String.format(
                        "The families %s and %s differ in stack, region or bakedIn. Ask for each by itself.",
                        families.get(0).family(), family.family()));
            }
            if (!names.add(family.family())) {
                throw new InvalidFunctionRequest(
                        String.format("The family %s is asked for twice. Ask for it once.", family.family()));
            }
        }
    }

    private static boolean isTogetherWith(CleanUpImagesRequest first, CleanUpImagesRequest other) {
        return first.stack().equals(other.stack())
                && first.region().equals(other.region())
                && first.bakedIn().equals(other.bakedIn());
    }

    String region() {
        return families.get(0).region();
    }

    String stack() {
        return families.get(0).stack();
    }

    List<String> names() {
        return families.stream().map(CleanUpImagesRequest::family).toList();
    }
}
