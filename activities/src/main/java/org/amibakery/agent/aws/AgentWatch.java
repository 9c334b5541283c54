package org.amibakery.agent.aws;

import static org.amibakery.watch.Sighting.arrived;
import static org.amibakery.watch.Sighting.gone;
import static org.amibakery.watch.Sighting.notYet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amibakery.agent.Agent;
import org.amibakery.aws.SsmErrors;
import org.amibakery.builder.BuilderRef;
import org.amibakery.builder.aws.InstanceDeath;
import org.amibakery.builder.aws.Instances;
import org.amibakery.failure.Reaction;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Sighting;
import org.amibakery.watch.Waiting;
import org.amibakery.watch.Watch;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** Tells when agents are online; looks at the builders of those that are not, since a dead one's never will be. */
final class AgentWatch implements Watch<BuilderRef, AgentWatch.Seen, Agent> {
    /** DescribeInstanceInformation answers at most 50 a page. */
    private static final int IDS_PER_LOOK = 50;

    private final SsmClient ssm;
    private final Instances instances;
    private final Region region;

    AgentWatch(SsmClient ssm, Instances instances, Region region) {
        this.ssm = ssm;
        this.instances = instances;
        this.region = region;
    }

    @Override
    public String id(BuilderRef builder) {
        return builder.id().value();
    }

    @Override
    public int idsPerLook() {
        return IDS_PER_LOOK;
    }

    @Override
    public Map<String, Seen> look(Set<String> ids) {
        Map<String, InstanceInformation> agents = agents(ids);
        Set<String> offline = new LinkedHashSet<>(ids);
        offline.removeIf(id -> agents.containsKey(id) && isOnline(agents.get(id)));
        Map<String, Instance> builders = offline.isEmpty() ? Map.of() : instances.byId(offline);
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (String id : ids) {
            seen.put(id, new Seen(Optional.ofNullable(agents.get(id)), Optional.ofNullable(builders.get(id))));
        }
        return seen;
    }

    @Override
    public Sighting<Agent> read(Waiting<BuilderRef> waiting, Optional<Seen> seen) {
        Optional<InstanceInformation> agent = seen.flatMap(Seen::agent);
        Optional<Instance> dead = seen.flatMap(Seen::builder).filter(Instances::isDead);
        if (agent.filter(AgentWatch::isOnline).isPresent()) {
            return arrived(agent(agent.get()));
        }
        if (dead.isPresent()) {
            return gone(InstanceDeath.failure(dead.get()));
        }
        Optional<Instance> stopped = seen.flatMap(Seen::builder).filter(Instances::isStopped);
        if (stopped.isPresent()) {
            return gone(InstanceDeath.stopped(stopped.get(), Reaction.GIVE_UP, "Bake again."));
        }
        String builder = id(waiting.subject());
        return agent.<Sighting<Agent>>map(known -> notYet("The agent of %s is %s", builder, known.pingStatusAsString()))
                .orElseGet(() -> notYet(
                        "The agent of %s has not registered; it needs the instance profile, and a way to SSM's endpoint",
                        builder));
    }

    private Map<String, InstanceInformation> agents(Collection<String> ids) {
        InstanceInformationStringFilter wanted = InstanceInformationStringFilter.builder()
                .key("InstanceIds")
                .values(ids)
                .build();
        return SsmErrors.READ.guard("DescribeInstanceInformation", region, () -> {
            Map<String, InstanceInformation> found = new LinkedHashMap<>();
            ssm.describeInstanceInformationPaginator(
                            request -> request.filters(wanted).maxResults(IDS_PER_LOOK))
                    .instanceInformationList()
                    .forEach(agent -> found.put(agent.instanceId(), agent));
            return found;
        });
    }

    private static boolean isOnline(InstanceInformation agent) {
        return agent.pingStatus() == PingStatus.ONLINE;
    }

    private static Agent agent(InstanceInformation known) {
        return new Agent(told(known.agentVersion()), told(known.platformName()), told(known.platformVersion()));
    }

    private static String told(String text) {
        return text == null ? "unknown" : text;
    }

    /** What one look saw: the builder only of an agent that is not online. */
    record Seen(Optional<InstanceInformation> agent, Optional<Instance> builder) {}
}
