package org.amibakery.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Examines where builders live: subnets with free addresses, and security groups of the same network that let nobody in. */
final class NetworkCheckup implements Checkup {
    private static final int FEW_ADDRESSES = 8;

    private final AwsClients clients;
    private final Installation installation;
    private final Set<String> networks = new HashSet<>();

    NetworkCheckup(AwsClients clients, Installation installation) {
        this.clients = clients;
        this.installation = installation;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Ec2Client ec2 = clients.ec2(installation.region());
        installation.network().subnets().forEach(id -> findings.add(subnet(ec2, id)));
        installation.network().securityGroups().forEach(id -> findings.add(group(ec2, id)));
        if (networks.size() > 1) {
            findings.add(Finding.broken(
                    "network",
                    "Subnets and security groups are of several VPCs: %s.".formatted(String.join(", ", networks)),
                    "Name subnets and groups of one VPC in network.subnets and network.securityGroups."));
        }
        return findings;
    }

    private Finding subnet(Ec2Client ec2, String id) {
        try {
            Subnet subnet =
                    ec2.describeSubnets(ask -> ask.subnetIds(id)).subnets().get(0);
            networks.add(subnet.vpcId());
            return subnet.availableIpAddressCount() < FEW_ADDRESSES
                    ? Finding.warning(
                            "subnet",
                            "%s has only %d free addresses.".formatted(id, subnet.availableIpAddressCount()),
                            "Free some, or name another subnet in network.subnets: bakes try the next one.")
                    : Finding.good(
                            "subnet",
                            "%s in %s has %d free addresses."
                                    .formatted(id, subnet.availabilityZone(), subnet.availableIpAddressCount()));
        } catch (SdkException refused) {
            return missing("subnet", id, "ec2:DescribeSubnets", "network.subnets", refused);
        }
    }

    private Finding group(Ec2Client ec2, String id) {
        try {
            SecurityGroup group = ec2.describeSecurityGroups(ask -> ask.groupIds(id))
                    .securityGroups()
                    .get(0);
            networks.add(group.vpcId());
            return group.ipPermissions().isEmpty()
                    ? Finding.good("security group", "%s lets nobody in.".formatted(id))
                    : Finding.warning(
                            "security group",
                            "%s has %d inbound rules, and builders need none."
                                    .formatted(id, group.ipPermissions().size()),
                            "Remove them, or name a group without any in network.securityGroups.");
        } catch (SdkException refused) {
            return missing("security group", id, "ec2:DescribeSecurityGroups", "network.securityGroups", refused);
        }
    }

    private static Finding missing(String subject, String id, String action, String key, SdkException refused) {
        if (AwsAnswers.isDenial(refused)) {
            return Finding.untried(
                    subject,
                    "%s could not be looked at: %s is denied.".formatted(id, action),
                    "Bakes do not need it; allow %s to whoever runs the doctor.".formatted(action));
        }
        return Finding.broken(
                subject,
                "%s cannot be used: %s.".formatted(id, AwsAnswers.words(refused)),
                "Correct %s in the installation's configuration.".formatted(key));
    }
}
