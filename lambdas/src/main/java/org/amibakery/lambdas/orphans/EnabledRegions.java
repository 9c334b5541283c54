package org.amibakery.lambdas.orphans;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.amibakery.lambdas.AccessRefused;
import org.amibakery.lambdas.AwsCallFailed;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.RegionalEc2;
import software.amazon.awssdk.services.ec2.model.Region;

/** Names the regions in which the account can have anything, since copies of an image go to other regions. */
public final class EnabledRegions {
    private static final Set<String> USABLE = Set.of("opt-in-not-required", "opted-in");

    private final RegionalEc2 ec2;

    /** Takes the clients. */
    public EnabledRegions(RegionalEc2 ec2) {
        this.ec2 = ec2;
    }

    /**
     * Asks one region for all, and returns that one first, the others by name.
     *
     * @throws AccessRefused if it may not be asked
     * @throws AwsCallFailed if it does not answer
     */
    public List<String> seenFrom(String home) {
        List<Region> enabled = AwsCalls.required(
                "DescribeRegions", home, () -> ec2.in(home).describeRegions().regions());
        Stream<String> others = enabled.stream()
                .filter(region -> USABLE.contains(region.optInStatus()))
                .map(Region::regionName)
                .filter(name -> !name.equals(home))
                .sorted();
        return Stream.concat(Stream.of(home), others).toList();
    }
}
