package org.amibakery.lambdas.foundation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.amibakery.lambdas.Demand;
import org.amibakery.lambdas.InvalidFunctionRequest;

/**
 * Asks for the newest foundation image. Refused with {@link InvalidFunctionRequest} before any call when incomplete.
 *
 * @param name the name pattern, with {@code *} and {@code ?} (DescribeImages, filter {@code name})
 * @param owners at least one account id of 12 digits or alias {@code amazon}, {@code aws-marketplace} or
 *     {@code aws-backup-vault}; {@code self} is refused since it cannot be checked again on the answer
 * @param architecture {@code x86_64} or {@code arm64}
 * @param region the region to look in, for example {@code eu-west-1}
 * @param includeDeprecated whether an image past its deprecation time may be answered; absent means no
 */
public record FoundationImageQuery(
        String name, List<String> owners, String architecture, String region, boolean includeDeprecated) {
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
    private static final Set<String> ALIASES = Set.of("amazon", "aws-marketplace", "aws-backup-vault");

    public FoundationImageQuery {
        Demand.text("name", name);
        owners = owners == null ? List.of() : owners.stream().distinct().toList();
        refuseUntrustworthy(owners);
        if (!Set.of("x86_64", "arm64").contains(Demand.text("architecture", architecture))) {
            throw new InvalidFunctionRequest(
                    String.format("'%s' is not an architecture. Write x86_64 or arm64.", architecture));
        }
        Demand.region(region);
    }

    private static void refuseUntrustworthy(List<String> owners) {
        if (owners.isEmpty()) {
            throw new InvalidFunctionRequest("The request names no owners, so anyone's image of that name would match."
                    + " Add \"owners\": account ids or the alias amazon.");
        }
        for (String owner : owners) {
            if (owner == null || !(ACCOUNT_ID.matcher(owner).matches() || ALIASES.contains(owner))) {
                throw new InvalidFunctionRequest(String.format(
                        "'%s' is not an owner that can be checked on an image. Write the account id (12 digits)"
                                + " or one of amazon, aws-marketplace, aws-backup-vault.",
                        owner));
            }
        }
    }
}
