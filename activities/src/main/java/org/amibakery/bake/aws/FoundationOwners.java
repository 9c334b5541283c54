package org.amibakery.bake.aws;

import org.amibakery.aws.AwsClients;
import org.amibakery.aws.ErrorTable;
import org.amibakery.recipe.Foundation;
import org.amibakery.recipe.Region;

/**
 * Puts the account's own id in the place of the owner {@code self}: an image carries its owner's id, so only an id can be
 * checked again on what a function answers.
 */
final class FoundationOwners {
    private static final String SELF = "self";
    private static final ErrorTable READ = ErrorTable.creating("STS");

    private final AwsClients clients;

    FoundationOwners(AwsClients clients) {
        this.clients = clients;
    }

    Foundation named(Region region, Foundation foundation) {
        if (!foundation.owners().contains(SELF)) {
            return foundation;
        }
        String account = READ.guard("GetCallerIdentity", region, () -> clients.sts(region)
                .getCallerIdentity()
                .account());
        return new Foundation(
                foundation.name(),
                foundation.owners().stream()
                        .map(owner -> owner.equals(SELF) ? account : owner)
                        .distinct()
                        .toList(),
                foundation.architecture(),
                foundation.includeDeprecated());
    }
}
