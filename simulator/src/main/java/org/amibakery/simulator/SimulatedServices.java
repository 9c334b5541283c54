package org.amibakery.simulator;

import java.util.Optional;
import org.amibakery.simulator.ec2.Ec2World;
import org.amibakery.simulator.wire.Scope;
import org.amibakery.simulator.wire.ServiceDirectory;
import org.amibakery.simulator.world.Accounts;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.core.SdkClient;

/** Finds the object that answers for a service in the caller's account and region. */
final class SimulatedServices implements ServiceDirectory {
    private final Accounts accounts;
    private final Ec2World ec2;

    SimulatedServices(Accounts accounts, Ec2World ec2) {
        this.accounts = accounts;
        this.ec2 = ec2;
    }

    @Override
    public Optional<SdkClient> handlerFor(Scope scope) {
        return accounts.accountOf(scope.accessKeyId())
                .map(account -> new Place(account, scope.region()))
                .flatMap(place -> handlerFor(scope.service(), place));
    }

    private Optional<SdkClient> handlerFor(String service, Place place) {
        return switch (service) {
            case "ec2" -> Optional.of(ec2.at(place));
            default -> Optional.empty();
        };
    }
}
