package org.amibakery.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.configuration.Functions;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Network;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.lambdas.foundation.FindFoundationImageFunction;
import org.amibakery.lambdas.orphans.CleanUpOrphansFunction;
import org.amibakery.packaged.PackagedFiles;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.watch.Polling;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Puts into a simulator what the CloudFormation template puts into an account: documents, functions, a bucket with the
 * sample playbooks, and the stack's configuration.
 */
public final class SimulatedInstallation {
    /** The name of the stack. */
    public static final String STACK = "ami-bakery";

    /** More than any machine could ask for. */
    private static final double UNLIMITED = 1000;

    private static final String BUCKET = "ami-bakery-playbooks";
    private static final String FIND_FUNCTION = "ami-bakery-find-foundation-image";
    private static final String CLEAN_UP_FUNCTION = "ami-bakery-clean-up-images";
    private static final String ORPHANS_FUNCTION = "ami-bakery-clean-up-orphans";

    private SimulatedInstallation() {}

    /** Installs everything in the simulator's region, and tells how the worker is to be configured. */
    public static Installation install(Simulator simulator, AwsClients aws) {
        Region region = new Region(simulator.options().region());
        RegionalEc2 ec2 = name -> aws.ec2(new Region(name));
        simulator.function(FIND_FUNCTION, new FindFoundationImageFunction(ec2, Clock.systemUTC())::handle);
        simulator.function(CLEAN_UP_FUNCTION, new CleanUpImagesFunction(ec2, Clock.systemUTC())::handle);
        simulator.function(ORPHANS_FUNCTION, new CleanUpOrphansFunction(ec2, Clock.systemUTC())::handle);
        createDocuments(aws.ssm(region));
        uploadPlaybooks(aws.s3(region));
        Installation installation = installation(simulator, region);
        aws.ssm(region).putParameter(put -> put.name(Installation.parameterOf(STACK))
                .type(ParameterType.STRING)
                .overwrite(true)
                .value(configuration(installation)));
        return installation;
    }

    /** The clients that reach a simulator with its own credentials. */
    public static AwsClients clients(Simulator simulator) {
        return AwsClients.at(new AwsEndpoint(
                simulator.endpoint(),
                simulator.credentials().id(),
                simulator.credentials().secret()));
    }

    /**
     * Lets the account have baked a family before: three images younger than the samples' 30 days and two older ones, the
     * oldest of which an instance runs.
     *
     * @return the image in use, which must survive
     */
    public static String hasBakedBefore(Simulator simulator, String family) {
        Map<String, String> tags =
                Map.of("ami-bakery:stack", STACK, "ami-bakery:recipe", family, "ami-bakery:state", "good");
        List<String> oldestFirst = Stream.of(75, 60, 21, 14, 7)
                .map(age -> simulator
                        .ec2()
                        .ownsImage(
                                "%s-%d-days-ago".formatted(family, age),
                                Instant.now().minus(Duration.ofDays(age)).truncatedTo(ChronoUnit.SECONDS),
                                tags))
                .toList();
        String used = oldestFirst.get(0);
        simulator.ec2().runsInstanceFrom(used);
        return used;
    }

    /** The standard variables that point any AWS tool of this machine at a simulator. */
    public static Map<String, String> variables(Simulator simulator) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL", simulator.endpoint().toString());
        variables.put("AWS_ACCESS_KEY_ID", simulator.credentials().id());
        variables.put("AWS_SECRET_ACCESS_KEY", simulator.credentials().secret());
        variables.put("AWS_REGION", simulator.options().region());
        variables.put("AWS_DEFAULT_REGION", simulator.options().region());
        return variables;
    }

    private static Installation installation(Simulator simulator, Region region) {
        return new Installation(
                STACK,
                region,
                new Network(simulator.ec2().subnetIds(), List.of(simulator.ec2().defaultSecurityGroupId()), false),
                "ami-bakery-builder",
                new Functions(false, FIND_FUNCTION, CLEAN_UP_FUNCTION),
                STACK,
                Optional.of(BUCKET),
                Optional.of(BUCKET),
                Optional.empty(),
                polling(simulator),
                launchesPerSecond(simulator),
                List.of());
    }

    /** As AWS is polled, in the simulator's hastier time; four looks a second are enough for any speed. */
    private static Polling polling(Simulator simulator) {
        Duration scaled = simulator.options().clock().scaled(Duration.ofSeconds(5));
        Duration least = Duration.ofMillis(250);
        return Polling.every(scaled.compareTo(least) < 0 ? least : scaled);
    }

    /** As fast as the simulated EC2 refills its bucket, which is so many times as fast as AWS; unlimited where it has none. */
    private static double launchesPerSecond(Simulator simulator) {
        return switch (simulator.options().requestLimits()) {
            case ENFORCED ->
                Math.min(
                        UNLIMITED,
                        Installation.USUAL_LAUNCHES_PER_SECOND
                                * simulator.options().clock().speed());
            case OFF -> UNLIMITED;
        };
    }

    private static void createDocuments(SsmClient ssm) {
        PackagedFiles.documents()
                .forEach((name, content) -> ssm.createDocument(create -> create.name(STACK + "-" + name)
                        .documentType(DocumentType.COMMAND)
                        .documentFormat(DocumentFormat.YAML)
                        .content(content)));
    }

    private static void uploadPlaybooks(S3Client s3) {
        s3.createBucket(create -> create.bucket(BUCKET));
        s3.putBucketVersioning(put -> put.bucket(BUCKET)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        byte[] archive = PlaybookArchive.of(PackagedFiles.under("infrastructure/playbooks/base"));
        s3.putObject(put -> put.bucket(BUCKET).key("base.zip"), RequestBody.fromBytes(archive));
    }

    private static String configuration(Installation installation) {
        return json(Map.of(
                "stack", installation.stack(),
                "region", installation.region().name(),
                "network",
                        Map.of(
                                "subnets", installation.network().subnets(),
                                "securityGroups", installation.network().securityGroups()),
                "builder", Map.of("instanceProfile", installation.instanceProfile()),
                "functions", Map.of("findFoundationImage", FIND_FUNCTION, "cleanUpImages", CLEAN_UP_FUNCTION),
                "documents", Map.of("prefix", installation.documentPrefix()),
                "playbooks", Map.of("bucket", BUCKET),
                "output", Map.of("bucket", BUCKET),
                "polling", Map.of("instance", "1s", "agent", "1s", "command", "1s", "image", "1s"),
                "launchesPerSecond", installation.launchesPerSecond()));
    }

    private static String json(Map<String, Object> configuration) {
        try {
            return new ObjectMapper().writeValueAsString(configuration);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Maps of texts and lists are always JSON", impossible);
        }
    }
}
