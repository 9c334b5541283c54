package org.amibakery.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.packaged.PackagedFiles;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.SimulatorOptions;
import org.amibakery.simulator.wire.FaultEffect;
import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Breaks an installation in one place at a time. Temporal's side, and the command, are tried in acceptance. */
class DoctorTest {
    private static final Region REGION = new Region("us-east-1");

    private static final String NO_PROFILE =
            "Value (nobody) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name";

    @TempDir
    private Path folder;

    private final Simulator simulator = Simulator.start(SimulatorOptions.forTests());
    private final AwsClients aws = SimulatedInstallation.clients(simulator);
    private ObjectNode configuration;

    @BeforeEach
    void install() throws JsonProcessingException {
        SimulatedInstallation.install(simulator, aws);
        simulator
                .ec2()
                .ownsImage(
                        "web-1", Instant.now(), Map.of("ami-bakery:stack", "ami-bakery", "ami-bakery:state", "good"));
        configuration = (ObjectNode) new ObjectMapper()
                .readTree(aws.ssm(REGION)
                        .getParameter(get -> get.name("/ami-bakery/ami-bakery/config"))
                        .parameter()
                        .value());
    }

    @AfterEach
    void close() {
        aws.close();
        simulator.close();
    }

    @Test
    void finds_a_sound_installation_good() throws IOException {
        assertThat(findings())
                .allSatisfy(finding ->
                        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.GOOD));
        assertThat(findings())
                .extracting(Finding::found)
                .contains(
                        "A builder may be launched, with the instance profile ami-bakery-builder.",
                        "All 10 SSM documents are there, as this version has them.",
                        "ami-bakery-clean-up-images is ready, and may be invoked.",
                        "Playbooks come from ami-bakery-playbooks, which is versioned.",
                        "1 of 50000 images, the usual quota of a region.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void names_each_fault_and_its_remedy(
            String fault, Consumer<DoctorTest> damage, Verdict verdict, String found, String remedy)
            throws IOException {
        damage.accept(this);

        List<Finding> findings = findings();

        assertThat(findings)
                .filteredOn(finding -> finding.verdict() != Verdict.GOOD)
                .as(fault)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(verdict);
                    assertThat(finding.found()).contains(found);
                    assertThat(finding.remedy()).contains(remedy);
                });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "credentials that AWS does not take",
                        it -> it.refuses("GetCallerIdentity", 403, "InvalidClientTokenId"),
                        Verdict.BROKEN,
                        "AWS does not say who this is: AWS answered InvalidClientTokenId",
                        "aws sts get-caller-identity"),
                fault(
                        "a subnet that is not there",
                        it -> it.network().putArray("subnets").add(it.subnet()).add("subnet-0000000000000dead"),
                        Verdict.BROKEN,
                        "subnet-0000000000000dead cannot be used",
                        "Correct network.subnets"),
                fault(
                        "a subnet that is full",
                        it -> it.simulator.ec2().hasNoAddressesIn(it.subnet()),
                        Verdict.WARNING,
                        "has only 0 free addresses",
                        "name another subnet in network.subnets"),
                fault(
                        "no permission to look at subnets",
                        it -> it.answers("DescribeSubnets", 1, SimulatorError.of(403, "UnauthorizedOperation", "no")),
                        Verdict.UNTRIED,
                        "could not be looked at: ec2:DescribeSubnets is denied",
                        "Bakes do not need it"),
                fault(
                        "a security group that is not there",
                        it -> it.network()
                                .putArray("securityGroups")
                                .add(it.group())
                                .add("sg-0000000000000dead"),
                        Verdict.BROKEN,
                        "sg-0000000000000dead cannot be used",
                        "Correct network.securityGroups"),
                fault(
                        "a security group that lets people in",
                        it -> it.aws.ec2(REGION).authorizeSecurityGroupIngress(rule -> rule.groupId(it.group())
                                .ipProtocol("tcp")
                                .fromPort(22)
                                .toPort(22)
                                .cidrIp("0.0.0.0/0")),
                        Verdict.WARNING,
                        "inbound rules, and builders need none",
                        "Remove them"),
                fault(
                        "no permission to launch",
                        it -> it.refuses("RunInstances", 403, "UnauthorizedOperation"),
                        Verdict.BROKEN,
                        "A launch is denied",
                        "iam:PassRole of the builder's role"),
                fault(
                        "an instance profile that is not there",
                        it -> it.answers(
                                "RunInstances", 1, SimulatorError.of(400, "InvalidParameterValue", NO_PROFILE)),
                        Verdict.BROKEN,
                        "The instance profile cannot be used: AWS answered InvalidParameterValue",
                        "Correct builder.instanceProfile (ami-bakery-builder)"),
                fault(
                        "a quota that is used up",
                        it -> it.answers("RunInstances", 1, SimulatorError.of(400, "VcpuLimitExceeded", "too many")),
                        Verdict.BROKEN,
                        "A launch is refused: AWS answered VcpuLimitExceeded",
                        "raise the quota that AWS names"),
                fault(
                        "no image of the stack yet",
                        DoctorTest::deregistersItsImage,
                        Verdict.UNTRIED,
                        "There is no image of the stack ami-bakery yet",
                        "Run the doctor again after the first bake."),
                fault(
                        "no permission to look",
                        it -> it.refuses("DescribeVolumes", 403, "UnauthorizedOperation"),
                        Verdict.BROKEN,
                        "ec2:DescribeVolumes is denied",
                        "Allow ec2:DescribeVolumes to the role"),
                fault(
                        "no permission to change",
                        it -> it.refuses("DeregisterImage", 403, "UnauthorizedOperation"),
                        Verdict.BROKEN,
                        "ec2:DeregisterImage is denied",
                        "Allow ec2:DeregisterImage to the role"),
                fault(
                        "a document that is missing",
                        it -> it.aws.ssm(REGION).deleteDocument(ask -> ask.name("ami-bakery-debian-scrub")),
                        Verdict.BROKEN,
                        "There is no ami-bakery-debian-scrub in us-east-1.",
                        "Deploy the stack of this version"),
                fault(
                        "a document of another version",
                        DoctorTest::changesADocument,
                        Verdict.WARNING,
                        "ami-bakery-debian-scrub is not the one of this version",
                        "Deploy the stack of this version"),
                fault(
                        "a function that is missing",
                        it -> ((ObjectNode) it.configuration.path("functions")).put("cleanUpImages", "nowhere"),
                        Verdict.BROKEN,
                        "There is no nowhere in us-east-1.",
                        "functions.inProcess: true"),
                fault(
                        "a function that may not be invoked",
                        it -> it.answers("Invoke", 1, SimulatorError.of(403, "AccessDeniedException", "no")),
                        Verdict.BROKEN,
                        "lambda:InvokeFunction of ami-bakery-find-foundation-image is denied",
                        "Allow lambda:InvokeFunction"),
                fault(
                        "no function that removes orphans",
                        it -> it.answers("GetFunction", 3, SimulatorError.of(404, "ResourceNotFoundException", "no")),
                        Verdict.WARNING,
                        "There is no ami-bakery-clean-up-orphans in us-east-1",
                        "Deploy the stack"),
                fault(
                        "no permission to see that function",
                        it -> it.answers("GetFunction", 3, SimulatorError.of(403, "AccessDeniedException", "no")),
                        Verdict.UNTRIED,
                        "Whether ami-bakery-clean-up-orphans is there is unknown",
                        "Bakes do not need to know"),
                fault(
                        "a bucket that may not be listed",
                        it -> it.answers("HeadBucket", 1, SimulatorError.of(403, "AccessDenied", "no")),
                        Verdict.BROKEN,
                        "s3:ListBucket of ami-bakery-playbooks is denied",
                        "WorkerLaunchPolicyArn and WorkerCommandPolicyArn"),
                fault(
                        "no permission to see versioning",
                        it -> it.refuses("GetBucketVersioning", 403, "AccessDenied"),
                        Verdict.UNTRIED,
                        "Whether ami-bakery-playbooks is versioned is unknown",
                        "allow s3:GetBucketVersioning"),
                fault(
                        "a bucket that is missing",
                        it -> it.configuration.putObject("output").put("bucket", "nowhere-at-all"),
                        Verdict.BROKEN,
                        "There is no bucket nowhere-at-all.",
                        "Correct output.bucket"),
                fault(
                        "no bucket for outputs",
                        it -> it.configuration.remove("output"),
                        Verdict.WARNING,
                        "No bucket keeps outputs",
                        "Name one in output.bucket."),
                fault(
                        "a bucket without versions",
                        it -> it.aws.s3(REGION).putBucketVersioning(put -> put.bucket("ami-bakery-playbooks")
                                .versioningConfiguration(how -> how.status(BucketVersioningStatus.SUSPENDED))),
                        Verdict.BROKEN,
                        "ami-bakery-playbooks is not versioned",
                        "aws s3api put-bucket-versioning"),
                fault(
                        "a topic that is missing",
                        it -> it.configuration
                                .putObject("notifications")
                                .put("topic", "arn:aws:sns:us-east-1:111122223333:gone"),
                        Verdict.WARNING,
                        "There is no topic arn:aws:sns:us-east-1:111122223333:gone",
                        "Correct notifications.topic"),
                fault(
                        "no permission to see the topic",
                        DoctorTest::hidesItsTopic,
                        Verdict.UNTRIED,
                        "is there is unknown: AWS answered AuthorizationError",
                        "allow sns:GetTopicAttributes"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, WARNING, GOOD", "2, 1, GOOD, WARNING", "2, 2, GOOD, GOOD"})
    void warns_before_a_quota_is_reached(int images, int snapshots, Verdict ofImages, Verdict ofSnapshots)
            throws IOException {
        List<Finding> findings =
                new QuotasCheckup(aws, new InstallationReader().read(environment()), images, snapshots).examine();

        assertThat(findings).extracting(Finding::verdict).containsExactly(ofImages, ofSnapshots);
        assertThat(findings)
                .filteredOn(finding -> finding.verdict() == Verdict.WARNING)
                .allSatisfy(finding -> assertThat(finding.remedy()).contains("bakery retention plan"));
    }

    /** As CloudFormation installs them: the same documents, but written anew as JSON. */
    @Test
    void knows_its_documents_in_cloudformations_handwriting() throws IOException {
        for (Map.Entry<String, String> document : PackagedFiles.documents().entrySet()) {
            String json = new YAMLMapper().readTree(document.getValue()).toPrettyString();
            aws.ssm(REGION).updateDocument(update -> update.name("ami-bakery-" + document.getKey())
                    .documentVersion("$LATEST")
                    .documentFormat("JSON")
                    .content(json));
            aws.ssm(REGION).updateDocumentDefaultVersion(update -> update.name("ami-bakery-" + document.getKey())
                    .documentVersion("2"));
        }

        assertThat(findings())
                .extracting(Finding::found)
                .contains("All 10 SSM documents are there, as this version has them.");
    }

    private List<Finding> findings() throws IOException {
        return Doctor.examine(
                        AwsClients.at(new AwsEndpoint(
                                simulator.endpoint(),
                                simulator.credentials().id(),
                                simulator.credentials().secret())),
                        new InstallationReader().read(environment()),
                        Clock.systemUTC())
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Map<String, String> environment() throws IOException {
        Path file = folder.resolve("installation.json");
        Files.writeString(file, configuration.toString());
        return Map.of("BAKERY_CONFIG", file.toString());
    }

    private void refuses(String operation, int status, String code) {
        simulator.faults().on(operation).beforeCommit(FaultEffect.error(SimulatorError.of(status, code, "not you")));
    }

    private void answers(String operation, int call, SimulatorError error) {
        simulator.faults().on(operation).atCall(call).beforeCommit(FaultEffect.error(error));
    }

    private void deregistersItsImage() {
        aws.ec2(REGION).describeImages(ask -> ask.owners("self")).images().forEach(image -> aws.ec2(REGION)
                .deregisterImage(ask -> ask.imageId(image.imageId())));
    }

    private void hidesItsTopic() {
        String arn = aws.sns(REGION).createTopic(ask -> ask.name("ends")).topicArn();
        configuration.putObject("notifications").put("topic", arn);
        refuses("GetTopicAttributes", 403, "AuthorizationError");
    }

    private void changesADocument() {
        aws.ssm(REGION)
                .updateDocument(
                        update -> update.name("ami-bakery-debian-scrub")
                                .documentVersion("$LATEST")
                                .documentFormat("YAML")
                                .content(
                                        "schemaVersion: \"2.2\"\nmainSteps: [{action: aws:runShellScript, name: run, inputs: {runCommand: [\"true\"]}}]\n"));
        aws.ssm(REGION).updateDocumentDefaultVersion(update -> update.name("ami-bakery-debian-scrub")
                .documentVersion("2"));
    }

    private ObjectNode network() {
        return (ObjectNode) configuration.path("network");
    }

    private String subnet() {
        return simulator.ec2().subnetIds().get(0);
    }

    private String group() {
        return simulator.ec2().defaultSecurityGroupId();
    }

    private static Arguments fault(
            String name, Consumer<DoctorTest> damage, Verdict verdict, String found, String remedy) {
        return Arguments.of(name, damage, verdict, found, remedy);
    }
}
