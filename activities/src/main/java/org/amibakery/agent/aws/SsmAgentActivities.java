package org.amibakery.agent.aws;

import java.util.function.Function;
import org.amibakery.agent.Agent;
import org.amibakery.agent.AgentActivities;
import org.amibakery.aws.Ec2Errors;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.aws.Instances;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Polling;
import org.amibakery.watch.Waits;
import org.amibakery.watch.Watchers;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Watches SSM agents with one DescribeInstanceInformation call for all bakes of a region. */
public final class SsmAgentActivities implements AgentActivities {
    private final Waits<BuilderRef, Agent> online;

    /**
     * Registers its wait with the watchers.
     *
     * @param ssm the client of a region, such as {@code AwsClients::ssm}
     * @param ec2 the client of a region, to notice builders that died
     */
    public SsmAgentActivities(
            Function<Region, SsmClient> ssm, Function<Region, Ec2Client> ec2, Watchers watchers, Polling polling) {
        online = watchers.waits(
                "agent online",
                polling.agent(),
                region -> new AgentWatch(
                        ssm.apply(region), new Instances(ec2.apply(region), region, Ec2Errors.DESCRIBE), region));
    }

    @Override
    public Agent awaitOnline(BuilderRef builder) {
        return online.await(builder.region(), builder);
    }
}
