package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.orphans.Descriptions.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.amibakery.lambdas.AccessRefused;
import org.amibakery.lambdas.AwsCallFailed;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.ReservedTags;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Reads what the bakes of one stack have made in a region and what is still there.
 *
 * <p>That is: instances that are not on their way out, volumes and network interfaces that are attached to nothing (the
 * attached go with their instance), the account's own images, also deprecated and disabled ones, and its own snapshots.
 * Whatever lacks the stack's tag or the name of a bake is passed over, as nobody could tell whose it is. Read-only.
 */
public final class OwnResources {
    private static final Comparator<OwnResource> ORDER =
            Comparator.comparing(OwnResource::kind).thenComparing(OwnResource::id);

    private final RegionalEc2 ec2;
    private final String stack;

    /** Takes the clients, and the stack whose tag marks ownership. */
    public OwnResources(RegionalEc2 ec2, String stack) {
        this.ec2 = ec2;
        this.stack = stack;
    }

    /**
     * Returns all of a region, by kind and id.
     *
     * @throws AccessRefused if a look is not allowed
     * @throws AwsCallFailed if the region is out of reach
     */
    public List<OwnResource> in(String region) {
        Ec2Client client = ec2.in(region);
        List<OwnResource> found = new ArrayList<>();
        for (ResourceKind kind : ResourceKind.values()) {
            List<OwnResource> ofKind = AwsCalls.required(kind.look(), region, () -> listed(client, kind, region));
            found.addAll(withUsers(client, kind, region, ofKind));
        }
        found.sort(ORDER);
        return List.copyOf(found);
    }

    private List<OwnResource> listed(Ec2Client client, ResourceKind kind, String region) {
        return new Descriptions(client)
                .find(kind, filters(kind)).stream()
                        .filter(Described::exists)
                        .filter(Described::isDetached)
                        .flatMap(described -> described.ownedBy(stack, region).stream())
                        .toList();
    }

    /** EC2 reads * and ? in filter values as wildcards, hence the second look at the tags. */
    private Filter[] filters(ResourceKind kind) {
        Stream<Filter> byTag =
                Stream.of(filter("tag:" + ReservedTags.STACK, stack), filter("tag-key", ReservedTags.BAKE));
        Stream<Filter> byState =
                switch (kind) {
                    case INSTANCE -> Stream.of(filter("instance-state-name", Users.ALIVE));
                    case VOLUME, NETWORK_INTERFACE -> Stream.of(filter("status", "available"));
                    case IMAGE, SNAPSHOT -> Stream.empty();
                };
        return Stream.concat(byTag, byState).toArray(Filter[]::new);
    }

    /** Good images are many, and nobody here needs to know who uses them. */
    private static List<OwnResource> withUsers(
            Ec2Client client, ResourceKind kind, String region, List<OwnResource> resources) {
        List<String> unfinished = resources.stream()
                .filter(Predicate.not(resource -> resource.marks().areGood()))
                .map(OwnResource::id)
                .toList();
        Map<String, List<String>> users = AwsCalls.required(
                kind == ResourceKind.IMAGE ? ResourceKind.INSTANCE.look() : ResourceKind.IMAGE.look(),
                region,
                () -> new Users(client).of(kind, unfinished));
        return resources.stream()
                .map(resource -> resource.usedBy(users.getOrDefault(resource.id(), List.of())))
                .toList();
    }
}
