package org.amibakery.acceptance.secondopinion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.amibakery.aws.AwsClients;
import org.amibakery.packaged.PackagedFiles;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Sets an account of moto up as docs/configuration.md says, through the shim. */
final class MotoInstallation {
    static final String STACK = "ami-bakery";
    static final String FIND_FUNCTION = "ami-bakery-find-foundation-image";
    static final String CLEAN_UP_FUNCTION = "ami-bakery-clean-up-images";
    static final String BUCKET = "ami-bakery-playbooks";

    private static final String SHELL =
            """
            schemaVersion: "2.2"
            parameters: {commands: {type: StringList}}
            mainSteps: [{action: "aws:runShellScript", name: shell, inputs: {runCommand: "{{ commands }}"}}]
            """;

    static final Region HOME = new Region("us-east-1");

    private final URI endpoint;
    private final AwsClients aws;

    MotoInstallation(URI endpoint, AwsClients aws) {
        this.endpoint = endpoint;
        this.aws = aws;
    }

    void install() {
        iam("CreateInstanceProfile", Map.of("InstanceProfileName", "ami-bakery-builder"));
        iam("CreateRole", Map.of("RoleName", "functions", "AssumeRolePolicyDocument", "{}"));
        PackagedFiles.documents().forEach((name, content) -> createDocument(STACK + "-" + name, content));
        createDocument("AWS-RunShellScript", SHELL); // Amazon's own, which moto does not bring along
        uploadPlaybooks();
        List.of(FIND_FUNCTION, CLEAN_UP_FUNCTION).forEach(this::deploy);
        String topic = aws.sns(HOME).createTopic(create -> create.name("bakes")).topicArn();
        aws.ssm(HOME).putParameter(put -> put.name("/ami-bakery/ami-bakery/config")
                .type(ParameterType.STRING)
                .value(configuration(topic)));
    }

    private void createDocument(String name, String content) {
        aws.ssm(HOME).createDocument(create -> create.name(name)
                .documentType(DocumentType.COMMAND)
                .documentFormat(DocumentFormat.YAML)
                .content(content));
    }

    private String configuration(String topic) {
        String subnets = aws.ec2(HOME).describeSubnets().subnets().stream()
                .map(Subnet::subnetId)
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(", "));
        String groups = aws.ec2(HOME).describeSecurityGroups().securityGroups().stream()
                .map(SecurityGroup::groupId)
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(", "));
        return """
               {"stack": "ami-bakery", "region": "us-east-1",
                "network": {"subnets": [%s], "securityGroups": [%s]},
                "output": {"bucket": "%s"}, "notifications": {"topic": "%s"},
                "polling": {"instance": "1s", "agent": "1s", "command": "1s", "image": "1s"}}
               """
                .formatted(subnets, groups, BUCKET, topic);
    }

    private void uploadPlaybooks() {
        aws.s3(HOME).createBucket(create -> create.bucket(BUCKET));
        aws.s3(HOME).putBucketVersioning(put -> put.bucket(BUCKET)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        aws.s3(HOME)
                .putObject(put -> put.bucket(BUCKET).key("base.zip"), RequestBody.fromString("a playbook's archive"));
    }

    /** Its code is not run (see {@link StandIns}), so anything will do. */
    private void deploy(String function) {
        aws.lambda(HOME).createFunction(create -> create.functionName(function)
                .runtime(Runtime.JAVA17)
                .handler("never.called")
                .role("arn:aws:iam::123456789012:role/functions")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(emptyZip()))));
    }

    private static byte[] emptyZip() {
        byte[] zip = new byte[22]; // an end of central directory, of nothing
        zip[0] = 'P';
        zip[1] = 'K';
        zip[2] = 5;
        zip[3] = 6;
        return zip;
    }

    /** The product never calls IAM, so it has no client for it. */
    private void iam(String action, Map<String, String> parameters) {
        String form = "Action=%s&Version=2010-05-08&".formatted(action)
                + parameters.entrySet().stream()
                        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=moto/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        action + ": " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
