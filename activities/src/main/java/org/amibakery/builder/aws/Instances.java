package org.amibakery.builder.aws;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.aws.ErrorTable;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Looks instances up by filter: an id that EC2 does not know is absent from the answer, where an id parameter would fail
 * the call for all.
 */
public final class Instances {
    private final Ec2Client ec2;
    private final Region region;
    private final ErrorTable errors;

    public Instances(Ec2Client ec2, Region region, ErrorTable errors) {
        this.ec2 = ec2;
        this.region = region;
        this.errors = errors;
    }

    /** The visible ones of at most 200 instances, by id. */
    public Map<String, Instance> byId(Collection<String> ids) {
        Map<String, Instance> found = new LinkedHashMap<>();
        find("instance-id", ids).forEach(instance -> found.put(instance.instanceId(), instance));
        return found;
    }

    /** Every visible instance launched with one of at most 200 tokens. */
    List<Instance> byToken(Collection<String> tokens) {
        return find("client-token", tokens);
    }

    /** Whether the instance has stopped, or is about to. */
    public static boolean isStopped(Instance instance) {
        InstanceStateName state = instance.state().name();
        return state == InstanceStateName.STOPPING || state == InstanceStateName.STOPPED;
    }

    /** Whether the instance is dead or dying, from which there is no return. */
    public static boolean isDead(Instance instance) {
        InstanceStateName state = instance.state().name();
        return state == InstanceStateName.TERMINATED || state == InstanceStateName.SHUTTING_DOWN;
    }

    private List<Instance> find(String filter, Collection<String> values) {
        Filter wanted = Filter.builder().name(filter).values(values).build();
        return errors.guard(
                "DescribeInstances",
                region,
                () -> ec2.describeInstancesPaginator(request -> request.filters(wanted)).reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .toList());
    }
}
