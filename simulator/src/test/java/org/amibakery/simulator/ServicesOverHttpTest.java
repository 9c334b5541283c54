package org.amibakery.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.amibakery.simulator.sns.PublishedMessage;
import org.amibakery.simulator.sts.Role;
import org.amibakery.simulator.world.Place;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Drives the services with the real SDK clients, so that names, errors and streams have crossed the wire. */
class ServicesOverHttpTest {
    private static Simulator aws;

    @BeforeAll
    static void the_simulator_runs() {
        aws = Simulator.start(SimulatorOptions.forTests());
    }

    @AfterAll
    static void the_simulator_stops() {
        aws.close();
    }

    @Test
    void s3_keeps_versions_and_answers_ranges() {
        try (S3Client s3 = reach(S3Client.builder().forcePathStyle(true), ownCredentials())) {
            s3.createBucket(it -> it.bucket("over-http"));
            s3.putBucketVersioning(it ->
                    it.bucket("over-http").versioningConfiguration(to -> to.status(BucketVersioningStatus.ENABLED)));
            PutObjectResponse first =
                    s3.putObject(it -> it.bucket("over-http").key("dir/a b.txt"), RequestBody.fromString("first one"));
            s3.putObject(it -> it.bucket("over-http").key("dir/a b.txt"), RequestBody.fromString("second"));

            String part = s3.getObject(
                            it -> it.bucket("over-http")
                                    .key("dir/a b.txt")
                                    .versionId(first.versionId())
                                    .range("bytes=6-8"),
                            ResponseTransformer.toBytes())
                    .asUtf8String();

            assertThat(part).isEqualTo("one");
            assertThat(s3.listObjectVersions(it -> it.bucket("over-http")).versions())
                    .hasSize(2);
            assertThatThrownBy(() -> s3.headObject(it -> it.bucket("over-http").key("gone")))
                    .isInstanceOf(NoSuchKeyException.class)
                    .hasMessageContaining("404");
        }
    }

    @Test
    void sts_lends_credentials_that_work() {
        aws.sts().add(Role.open("arn:aws:iam::222233334444:role/baker"));

        try (StsClient sts = reach(StsClient.builder(), ownCredentials())) {
            AssumeRoleResponse lent = sts.assumeRole(
                    it -> it.roleArn("arn:aws:iam::222233334444:role/baker").roleSessionName("bakery"));

            try (StsClient other = reach(StsClient.builder(), session(lent.credentials()))) {
                assertThat(other.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::222233334444:assumed-role/baker/bakery");
            }
        }
    }

    @Test
    void sns_publishes_to_topics_that_exist() {
        try (SnsClient sns = reach(SnsClient.builder(), ownCredentials())) {
            String topic = sns.createTopic(it -> it.name("bakes")).topicArn();
            sns.publish(it -> it.topicArn(topic).message("baked"));

            assertThat(aws.sns().published())
                    .extracting(PublishedMessage::message)
                    .contains("baked");
            assertThatThrownBy(() -> sns.publish(it -> it.topicArn(topic + "2").message("x")))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("Topic does not exist");
        }
    }

    @Test
    void lambda_answers_payloads_and_function_errors() {
        Place here = new Place(aws.options().account(), aws.options().region());
        aws.lambda().deploy(here, "echo", payload -> payload);
        aws.lambda().deploy(here, "fail", payload -> {
            throw new IllegalStateException("no image");
        });

        try (LambdaClient lambda = reach(LambdaClient.builder(), ownCredentials())) {
            InvokeResponse echoed =
                    lambda.invoke(it -> it.functionName("echo").payload(SdkBytes.fromString("[1]", UTF_8)));
            InvokeResponse failed = lambda.invoke(it -> it.functionName("fail"));

            assertThat(echoed.payload().asUtf8String()).isEqualTo("[1]");
            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThatThrownBy(() -> lambda.invoke(it -> it.functionName("gone")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Function not found: ");
        }
    }

    @Test
    void ssm_runs_a_command_on_a_simulated_builder() {
        String instance = aws.ec2().runsInstanceFrom(anyImage());

        try (SsmClient ssm = reach(SsmClient.builder(), ownCredentials())) {
            assertThatThrownBy(
                            () -> ssm.sendCommand(it -> it.documentName("gone").instanceIds(instance)))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageContaining("gone does not exist");
            assertThatThrownBy(() -> ssm.getCommandInvocation(
                            it -> it.commandId("0".repeat(36)).instanceId(instance)))
                    .isInstanceOf(InvocationDoesNotExistException.class)
                    .hasMessageContaining("400");
        }
    }

    @Test
    void ssm_keeps_parameters() {
        try (SsmClient ssm = reach(SsmClient.builder(), ownCredentials())) {
            ssm.putParameter(it -> it.name("/over/http").value("yes").type(ParameterType.STRING));

            assertThat(ssm.getParametersByPath(it -> it.path("/over")).parameters())
                    .singleElement()
                    .returns("yes", it -> it.value());
        }
    }

    private static String anyImage() {
        return aws.ec2().ownsImage("for-ssm", aws.options().clock().now(), Map.of());
    }

    private static AwsCredentials ownCredentials() {
        return AwsBasicCredentials.create(
                aws.credentials().id(), aws.credentials().secret());
    }

    private static AwsCredentials session(Credentials lent) {
        return AwsSessionCredentials.create(lent.accessKeyId(), lent.secretAccessKey(), lent.sessionToken());
    }

    private static <B extends AwsClientBuilder<B, C>, C> C reach(B builder, AwsCredentials credentials) {
        return builder.endpointOverride(aws.endpoint())
                .region(Region.of(aws.options().region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
