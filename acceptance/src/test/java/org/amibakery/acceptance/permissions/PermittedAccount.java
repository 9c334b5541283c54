package org.amibakery.acceptance.permissions;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.SimulatedAccount;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.sts.Role;
import org.amibakery.simulator.wire.Call;
import org.amibakery.simulator.world.Timings;
import org.amibakery.watch.Polling;
import org.amibakery.worker.InstallationSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A simulated account with the template's stack in it, where everyone who acts has credentials of their own: so the
 * simulator's record tells who called what.
 */
final class PermittedAccount implements AutoCloseable {
    private static final Region HOME = new Region(Stack.REGION);

    private static final int SPEED = 20;

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.forTests().withSpeed(SPEED).withTimings(timings()));
    private final AwsClients worker = SimulatedInstallation.clients(simulator);
    private final SdkHttpClient http = Apache5HttpClient.create();
    private final Map<String, Principal> principals = new HashMap<>();
    private final List<Call> byTheRule = new ArrayList<>();
    private final RegionalEc2 somebody;
    private final Stack stack;
    private final String vpc;

    private PermittedAccount() {
        somebody = assuming("somebody", Optional.empty());
        vpc = somebody.in(HOME.name()).describeVpcs().vpcs().get(0).vpcId();
        stack = Stack.with(
                Map.of("Vpc", vpc, "Subnets", String.join(",", simulator.ec2().subnetIds())),
                Map.of("BuilderSecurityGroup", simulator.ec2().defaultSecurityGroupId()));
    }

    /** Updates take a while, so that some run at the same time; all else happens at once. */
    private static Timings timings() {
        Timings instant = Timings.instant();
        return new Timings(
                instant.boot(),
                instant.agentOnline(),
                instant.stop(),
                instant.terminate(),
                instant.image(),
                instant.copy(),
                instant.snapshot(),
                instant.visibility(),
                instant.tags(),
                instant.terminatedLinger(),
                instant.deregisteredLinger(),
                instant.deregistrationCooldown(),
                instant.commandPickUp(),
                Map.of("update", LOOK_EVERY.multipliedBy(10L * SPEED)),
                instant.otherCommands());
    }

    static PermittedAccount open() {
        PermittedAccount account = new PermittedAccount();
        account.install();
        return account;
    }

    private void install() {
        String bucket = stack.reference("Bucket");
        worker.s3(HOME).createBucket(create -> create.bucket(bucket));
        worker.s3(HOME)
                .putBucketVersioning(put -> put.bucket(bucket).versioningConfiguration(it -> it.status("Enabled")));
        for (String key : List.of("functions.jar", "playbooks/base.zip")) {
            worker.s3(HOME).putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(key));
        }
        Map<String, Principal> functions = Map.of(
                "FindFoundationImage", Principal.FIND_FOUNDATION_IMAGE,
                "CleanUpImages", Principal.CLEAN_UP_IMAGES,
                "CleanUpOrphans", Principal.CLEAN_UP_ORPHANS);
        new SimulatedAccount(simulator, worker, name -> assuming(name, Optional.of(functions.get(name)))).accept(stack);
        principals.put(simulator.credentials().id(), Principal.WORKER);
        simulator.calls().clear();
    }

    /** EC2 in the name of a role, so that its calls are known by their key. */
    private RegionalEc2 assuming(String name, Optional<Principal> principal) {
        String arn = "arn:aws:iam::%s:role/%s".formatted(Stack.ACCOUNT, name);
        simulator.sts().add(Role.open(arn));
        Credentials lent = worker.sts(HOME)
                .assumeRole(assume -> assume.roleArn(arn).roleSessionName(name))
                .credentials();
        principal.ifPresent(known -> principals.put(lent.accessKeyId(), known));
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(
                AwsSessionCredentials.create(lent.accessKeyId(), lent.secretAccessKey(), lent.sessionToken()));
        return region -> Ec2Client.builder()
                .endpointOverride(simulator.endpoint())
                .region(software.amazon.awssdk.regions.Region.of(region))
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
    }

    Simulator simulator() {
        return simulator;
    }

    AwsClients workersClients() {
        return worker;
    }

    /** Does what the worker's process does before it polls; only that time is short here. */
    Installation installation() {
        Installation read = new InstallationSource(Map.of("AWS_REGION", HOME.name())).read(worker);
        worker.sts(HOME).getCallerIdentity();
        return new Installation(
                read.stack(),
                read.region(),
                read.network(),
                read.instanceProfile(),
                read.functions(),
                read.documentPrefix(),
                read.playbookBucket(),
                read.outputBucket(),
                read.notificationTopic(),
                Polling.every(LOOK_EVERY),
                read.launchesPerSecond(),
                read.accounts());
    }

    String playbook() {
        return "s3://%s/playbooks/base.zip".formatted(stack.reference("Bucket"));
    }

    /** What is in the account that no call of a principal made. */
    Remains remains() {
        return new Remains(simulator, somebody.in(HOME.name()));
    }

    /** The rule of EventBridge, which is nobody that needs a permission of the stack's. */
    SdkBytes invokesAsTheRuleDoes() {
        List<Call> before = simulator.calls().of("Invoke");
        SdkBytes answer = worker.lambda(HOME)
                .invoke(invoke -> invoke.functionName("ami-bakery-clean-up-orphans")
                        .payload(SdkBytes.fromUtf8String(stack.properties("CleanUpOrphansRule")
                                .at("/Targets/0/Input")
                                .asText())))
                .payload();
        byTheRule.addAll(simulator.calls().of("Invoke").subList(before.size(), before.size() + 1));
        return answer;
    }

    FullRun.Evidence evidence() {
        Map<Principal, List<Call>> calls = simulator.calls().all().stream()
                .filter(call -> principals.containsKey(call.scope().accessKeyId()))
                .filter(call -> call.request().isPresent() && !byTheRule.contains(call))
                .collect(groupingBy(
                        call -> principals.get(call.scope().accessKeyId()),
                        () -> new EnumMap<>(Principal.class),
                        toList()));
        Map<String, String> owners = Stream.of("us-east-1", "eu-west-1", "ap-northeast-1")
                .flatMap(region ->
                        somebody
                                .in(region)
                                .describeImages(describe -> describe.includeDeprecated(true))
                                .images()
                                .stream())
                .collect(toMap(Image::imageId, PermittedAccount::owner, (one, other) -> one));
        return new FullRun.Evidence(World.of(stack, simulator.ledger().everything(), owners, vpc), calls);
    }

    private static String owner(Image image) {
        return Optional.ofNullable(image.imageOwnerAlias()).orElse(image.ownerId());
    }

    @Override
    public void close() {
        worker.close();
        http.close();
        simulator.close();
    }
}
