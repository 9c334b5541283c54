package org.amibakery.simulator;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.amibakery.simulator.ec2.Ec2Facts;
import org.amibakery.simulator.ec2.Ec2World;
import org.amibakery.simulator.lambda.Functions;
import org.amibakery.simulator.s3.Buckets;
import org.amibakery.simulator.sandbox.Disk;
import org.amibakery.simulator.sandbox.Machine;
import org.amibakery.simulator.sns.Topics;
import org.amibakery.simulator.ssm.SsmFacts;
import org.amibakery.simulator.sts.Identities;
import org.amibakery.simulator.wire.AccessKey;
import org.amibakery.simulator.wire.FaultPlan;
import org.amibakery.simulator.wire.WireServer;
import org.amibakery.simulator.world.Accounts;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatedFunction;

/**
 * A running stand-in for AWS on loopback.
 *
 * <pre>{@code
 * try (Simulator aws = Simulator.start(SimulatorOptions.defaults().withSpeed(60))) {
 *     aws.ec2().hasNoCapacityFor("t3.medium");
 *     ...
 *     assertThat(aws.ledger().leaked()).isEmpty();
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
    private static final AccessKey DEMO_KEY =
            AccessKey.longTerm("AKIASIMULATOR0000001", "the-simulator-keeps-no-secrets-000000001");

    private final SimulatorOptions options;
    private final FaultPlan faults = new FaultPlan();
    private final CallLog calls = new CallLog();
    private final Ledger ledger = new Ledger();
    private final Accounts accounts = new Accounts();
    private final Builders builders;
    private final Ec2World ec2;
    private final SimulatedServices services;
    private final WireServer server;

    private Simulator(SimulatorOptions options) {
        this.options = options;
        accounts.accept(DEMO_KEY, options.account());
        builders = Builders.of(options, this::reachedByBuilders);
        ec2 = new Ec2World(
                options.clock(), options.timings(), options.seed(), ledger, limits(options), builders.machines());
        services = new SimulatedServices(accounts, ec2, builders.runner(), options);
        server = serve();
    }

    /**
     * Starts a simulator; it answers as soon as this returns.
     *
     * @throws org.amibakery.simulator.wire.PortTaken when another process has the port
     * @throws org.amibakery.simulator.sandbox.SandboxUnavailable when builders are to be real and cannot be here
     */
    public static Simulator start(SimulatorOptions options) {
        return new Simulator(options);
    }

    private static Ec2World.Limits limits(SimulatorOptions options) {
        return switch (options.requestLimits()) {
            case ENFORCED -> Ec2World.Limits.PUBLISHED;
            case OFF -> Ec2World.Limits.NONE;
        };
    }

    /** Tells where the simulator listens, for AWS_ENDPOINT_URL and endpoint overrides. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Tells the credentials of the account in the options. They are public knowledge and open nothing else. */
    public AccessKey credentials() {
        return DEMO_KEY;
    }

    /** Opens another account (12 digits) and tells its credentials. */
    public AccessKey openAccount(String account) {
        return accounts.accept(AccessKey.longTerm("AKIASIMULATOR" + account, DEMO_KEY.secret()), account);
    }

    public SimulatorOptions options() {
        return options;
    }

    /** Injects faults into calls. */
    public FaultPlan faults() {
        return faults;
    }

    /** Tells what exists and what leaked, without asking the API. */
    public Ledger ledger() {
        return ledger;
    }

    /** Tells which calls came in. */
    public CallLog calls() {
        return calls;
    }

    /** Changes the facts of EC2 in the account and region of the options. */
    public Ec2Facts ec2() {
        return ec2(options.region());
    }

    /** Changes the facts of EC2 in another region of the account. */
    public Ec2Facts ec2(String region) {
        return ec2.factsAt(new Place(options.account(), region));
    }

    /** Changes the facts of Systems Manager in the account and region of the options. */
    public SsmFacts ssm() {
        return ssm(options.region());
    }

    /** Changes the facts of Systems Manager in another region of the account. */
    public SsmFacts ssm(String region) {
        return services.systemsManager().facts(new Place(options.account(), region));
    }

    /** Holds the buckets of all accounts and regions. */
    public Buckets s3() {
        return services.buckets();
    }

    /** Holds the functions of all accounts and regions, and the log of their runs. */
    public Functions lambda() {
        return services.functions();
    }

    /** Deploys a function in the account and region of the options; answers its ARN. */
    public String function(String name, SimulatedFunction code) {
        return services.functions().deploy(new Place(options.account(), options.region()), name, code);
    }

    /** Holds the topics of all accounts and regions, and what was published. */
    public Topics sns() {
        return services.topics();
    }

    /** Holds the roles that may be assumed. */
    public Identities sts() {
        return services.identities();
    }

    /** Finds the machine behind an instance, to look inside; none where builders are scripted. */
    public Optional<Machine> machineOf(String instanceId) {
        return builders.real().flatMap(real -> real.machineOf(instanceId));
    }

    /** Finds the content of an image that was made of a real builder, to look inside. */
    public Optional<Disk> diskOf(String imageId) {
        return builders.real().flatMap(real -> real.diskOf(imageId));
    }

    @Override
    public void close() {
        server.close();
        builders.close();
    }

    private WireServer serve() {
        try {
            return WireServer.builder(services, accounts)
                    .host(options.host())
                    .port(options.port())
                    .faults(faults)
                    .listener(calls)
                    .start();
        } catch (RuntimeException notServing) {
            builders.close();
            throw notServing;
        }
    }

    private Map<String, String> reachedByBuilders() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint().toString(),
                "AWS_ACCESS_KEY_ID", DEMO_KEY.id(),
                "AWS_SECRET_ACCESS_KEY", DEMO_KEY.secret(),
                "AWS_EC2_METADATA_DISABLED", "true");
    }
}
