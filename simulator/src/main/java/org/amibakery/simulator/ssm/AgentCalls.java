package org.amibakery.simulator.ssm;

import java.util.List;
import java.util.stream.Stream;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.InstanceView;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.ResourceType;

/** Answers DescribeInstanceInformation. */
final class AgentCalls {
    /** The agent's version; ENV_VAR parameters need 3.3.2746.0 at least. */
    private static final String AGENT_VERSION = "3.3.4108.0";

    private static final int MOST_VALUES = 100;
    private static final Page.Bounds PAGE = new Page.Bounds(5, 50, 10);

    private final Agents agents;

    AgentCalls(Agents agents) {
        this.agents = agents;
    }

    /** Unites the two kinds of filter the call has. */
    private record Filter(String key, List<String> values) {}

    DescribeInstanceInformationResponse describe(DescribeInstanceInformationRequest request) {
        List<Filter> filters = filtersOf(request);
        List<InstanceInformation> matching = agents.managed().stream()
                .filter(managed -> filters.stream().allMatch(filter -> matches(managed, filter)))
                .map(AgentCalls::informationOf)
                .toList();
        Page<InstanceInformation> page = Page.of(matching, PAGE, request.maxResults(), request.nextToken());
        return DescribeInstanceInformationResponse.builder()
                .instanceInformationList(page.items())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    private static List<Filter> filtersOf(DescribeInstanceInformationRequest request) {
        if (!request.filters().isEmpty()
                && !request.instanceInformationFilterList().isEmpty()) {
            throw SsmErrors.validation("Filters and InstanceInformationFilterList cannot be used together.");
        }
        List<Filter> filters = Stream.concat(
                        request.filters().stream().map(filter -> new Filter(filter.key(), filter.values())),
                        request.instanceInformationFilterList().stream()
                                .map(filter -> new Filter(filter.keyAsString(), filter.valueSet())))
                .toList();
        filters.forEach(AgentCalls::check);
        return filters;
    }

    private static void check(Filter filter) {
        if (filter.values().isEmpty() || filter.values().size() > MOST_VALUES) {
            throw SsmErrors.invalid(
                    "filters",
                    filter.values().size() + " values",
                    "Member must have length between 1 and " + MOST_VALUES);
        }
    }

    private static boolean matches(Agents.Managed managed, Filter filter) {
        InstanceView instance = managed.instance();
        if (filter.key().startsWith("tag:")) {
            return filter.values().contains(instance.tags().get(filter.key().substring("tag:".length())));
        }
        return switch (filter.key()) {
            case "InstanceIds" -> filter.values().contains(instance.id());
            case "PingStatus" -> filter.values().contains(managed.ping().toString());
            case "AgentVersion" -> filter.values().contains(AGENT_VERSION);
            case "PlatformTypes", "PlatformType" -> filter.values().contains(PlatformType.LINUX.toString());
            case "ResourceType" -> filter.values().contains(ResourceType.EC2_INSTANCE.toString());
            case "IamRole" ->
                filter.values().contains(instance.instanceProfile().orElse(""));
            case "tag-key" -> instance.tags().keySet().stream().anyMatch(filter.values()::contains);
            case "ActivationIds", "AssociationStatus", "SourceIds", "SourceTypes" -> false;
            default ->
                throw SimulatorError.refused("InvalidFilterKey", "The filter key " + filter.key() + " is not valid.");
        };
    }

    private static InstanceInformation informationOf(Agents.Managed managed) {
        InstanceView instance = managed.instance();
        Platform platform = Platform.of(instance.family());
        return InstanceInformation.builder()
                .instanceId(instance.id())
                .pingStatus(managed.ping())
                .lastPingDateTime(managed.registration().lastPing())
                .registrationDate(managed.registration().registeredAt())
                .agentVersion(AGENT_VERSION)
                .isLatestVersion(true)
                .platformType(PlatformType.LINUX)
                .platformName(platform.name())
                .platformVersion(platform.version())
                .resourceType(ResourceType.EC2_INSTANCE)
                .ipAddress(instance.privateIp())
                .computerName("ip-" + instance.privateIp().replace('.', '-') + ".ec2.internal")
                .sourceId(instance.id())
                .sourceType("AWS::EC2::Instance")
                .build();
    }
}
