package org.amibakery.configuration;

import java.util.List;

/**
 * Says where builders stand.
 *
 * @param subnets ids of subnets in the order to try them; a recipe may name others
 * @param securityGroups ids of the security groups of every builder
 * @param publicIp whether builders get public addresses; otherwise none has one, whatever its subnet says
 */
public record Network(List<String> subnets, List<String> securityGroups, boolean publicIp) {
    public Network {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
    }
}
