package org.amibakery.acceptance.permissions;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;

/**
 * What IAM knows of the resources that a call names: their ARNs, their tags, whose they are.
 *
 * @param owners the owner of each image that was launched, an alias where AWS has one
 */
record World(Stack stack, Map<String, LedgerEntry> resources, Map<String, String> owners, String vpc) {
    static World of(Stack stack, List<LedgerEntry> ledger, Map<String, String> owners, String vpc) {
        return new World(
                stack,
                ledger.stream().collect(toMap(LedgerEntry::id, entry -> entry, (one, other) -> other)),
                owners,
                vpc);
    }

    /** The ARN of something of EC2; those of images and snapshots have no account. */
    static String arn(String region, String id) {
        String type =
                switch (id.substring(0, id.indexOf('-'))) {
                    case "ami" -> "image";
                    case "snap" -> "snapshot";
                    case "i" -> "instance";
                    case "vol" -> "volume";
                    case "eni" -> "network-interface";
                    case "subnet" -> "subnet";
                    case "sg" -> "security-group";
                    case "vpc" -> "vpc";
                    default -> throw new IllegalArgumentException("It is not known what " + id + " is");
                };
        boolean shared = type.equals("image") || type.equals("snapshot");
        return "arn:aws:ec2:%s:%s:%s/%s".formatted(region, shared ? "" : Stack.ACCOUNT, type, id);
    }

    Map<String, String> tags(String id) {
        return Optional.ofNullable(resources.get(id)).map(LedgerEntry::tags).orElse(Map.of());
    }

    /** The images that became good, and are of this run. */
    List<String> goodImages() {
        return resources.values().stream()
                .filter(entry -> entry.kind() == ResourceKind.IMAGE && !entry.seeded() && !entry.gone())
                .filter(entry -> "good".equals(entry.tags().get("ami-bakery:state")))
                .map(LedgerEntry::id)
                .toList();
    }

    /** The account's own unless it is known otherwise. */
    String owner(String image) {
        return owners.getOrDefault(image, Stack.ACCOUNT);
    }

    /** The snapshots of an image, which can go with it. */
    List<String> snapshotsOf(String image) {
        return resources.values().stream()
                .filter(entry ->
                        entry.kind() == ResourceKind.SNAPSHOT && entry.origin().equals(image))
                .map(LedgerEntry::id)
                .sorted()
                .toList();
    }
}
