package org.amibakery.simulator;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.simulator.ec2.Ec2World;
import org.amibakery.simulator.lambda.Functions;
import org.amibakery.simulator.s3.Buckets;
import org.amibakery.simulator.sns.Topics;
import org.amibakery.simulator.ssm.CommandRunner;
import org.amibakery.simulator.ssm.Neighbours;
import org.amibakery.simulator.ssm.SystemsManager;
import org.amibakery.simulator.sts.Identities;
import org.amibakery.simulator.wire.Scope;
import org.amibakery.simulator.wire.ServiceDirectory;
import org.amibakery.simulator.world.Accounts;
import org.amibakery.simulator.world.ImageCatalog;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.Uuids;
import software.amazon.awssdk.core.SdkClient;

/** Finds the object that answers for a service in the caller's account and region. */
final class SimulatedServices implements ServiceDirectory {
    private final Accounts accounts;
    private final Ec2World ec2;
    private final Buckets buckets;
    private final Identities identities;
    private final Topics topics;
    private final Functions functions;
    private final SystemsManager systemsManager;
    private final Set<Place> connected = ConcurrentHashMap.newKeySet();

    SimulatedServices(Accounts accounts, Ec2World ec2, CommandRunner runner, SimulatorOptions options) {
        this.accounts = accounts;
        this.ec2 = ec2;
        this.buckets = new Buckets(options.clock(), new Random(options.seed()));
        this.identities = new Identities(accounts, options.clock(), options.seed());
        this.topics = new Topics(options.clock(), new Uuids(options.seed() + 1));
        this.functions = new Functions(options.clock(), new Uuids(options.seed() + 2));
        this.systemsManager = new SystemsManager(new SystemsManager.Setup(
                options.clock(),
                options.timings(),
                new Uuids(options.seed() + 3),
                new Ec2Neighbours(ec2),
                runner,
                buckets::deliverIfPresent));
    }

    Buckets buckets() {
        return buckets;
    }

    Identities identities() {
        return identities;
    }

    Topics topics() {
        return topics;
    }

    Functions functions() {
        return functions;
    }

    SystemsManager systemsManager() {
        return systemsManager;
    }

    @Override
    public Optional<SdkClient> handlerFor(Scope scope) {
        return accounts.accountOf(scope.accessKeyId())
                .map(account -> new Place(account, scope.region()))
                .flatMap(place -> handlerFor(scope, place));
    }

    private Optional<SdkClient> handlerFor(Scope scope, Place place) {
        connect(place);
        return switch (scope.service()) {
            case "ec2" -> Optional.of(ec2.at(place));
            case "s3" -> Optional.of(buckets.clientFor(place));
            case "sts" -> Optional.of(identities.clientFor(scope.accessKeyId()));
            case "sns" -> Optional.of(topics.clientFor(place));
            case "lambda" -> Optional.of(functions.clientFor(place));
            case "ssm" -> Optional.of(systemsManager.clientFor(place));
            default -> Optional.empty();
        };
    }

    /** Lets EC2 see the parameters of a place that is used for the first time. */
    private void connect(Place place) {
        if (connected.add(place)) {
            ec2.connect(place, systemsManager.parameters(place));
        }
    }

    private record Ec2Neighbours(Ec2World ec2) implements Neighbours {
        @Override
        public InstanceFleet instances(Place place) {
            return ec2.fleetAt(place);
        }

        @Override
        public ImageCatalog images(Place place) {
            return ec2.imagesAt(place);
        }
    }
}
