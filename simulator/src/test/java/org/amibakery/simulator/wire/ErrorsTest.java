package org.amibakery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

class ErrorsTest {
    @Test
    void ec2_errors_arrive_with_code_message_and_status() {
        SimulatorError error =
                SimulatorError.refused("InvalidInstanceID.NotFound", "The instance ID 'i-1' does not exist");
        try (Clients clients = new Clients(failingEc2(error));
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-1")))
                    .asInstanceOf(type(Ec2Exception.class))
                    .satisfies(thrown -> assertIs(error, thrown));
            assertThat(clients.calls.last().errorCode()).contains("InvalidInstanceID.NotFound");
        }
    }

    @Test
    void query_errors_arrive_as_their_modelled_class() {
        SimulatorError error = SimulatorError.of(404, "NotFound", "Topic does not exist");
        SnsClient handler = new SilentSns() {
            @Override
            public PublishResponse publish(PublishRequest request) {
                throw error;
            }
        };
        try (Clients clients = new Clients(handler);
                SnsClient sns = clients.client(SnsClient.builder())) {
            assertThatThrownBy(() ->
                            sns.publish(request -> request.topicArn("arn:x").message("m")))
                    .asInstanceOf(type(NotFoundException.class))
                    .satisfies(thrown -> assertIs(error, thrown));
        }
    }

    @Test
    void ssm_errors_may_lack_a_message() {
        SsmClient handler = new SilentSsm() {
            @Override
            public GetParameterResponse getParameter(GetParameterRequest request) {
                throw SimulatorError.refused("ParameterNotFound", "");
            }
        };
        try (Clients clients = new Clients(handler);
                SsmClient ssm = clients.client(SsmClient.builder())) {
            assertThatThrownBy(() -> ssm.getParameter(request -> request.name("/none")))
                    .asInstanceOf(type(ParameterNotFoundException.class))
                    .satisfies(thrown ->
                            assertThat(thrown.awsErrorDetails().errorMessage()).isNull());
        }
    }

    @Test
    void lambda_errors_carry_extra_members_and_headers() {
        LambdaClient handler = new SilentLambda() {
            @Override
            public InvokeResponse invoke(InvokeRequest request) {
                throw SimulatorError.of(429, "TooManyRequestsException", "Rate Exceeded.")
                        .with("Type", "User")
                        .with("Retry-After", "0");
            }
        };
        try (Clients clients = new Clients(handler);
                LambdaClient lambda = clients.client(LambdaClient.builder())) {
            assertThatThrownBy(() -> lambda.invoke(request -> request.functionName("f")))
                    .asInstanceOf(type(TooManyRequestsException.class))
                    .satisfies(thrown -> {
                        assertThat(thrown.type()).isEqualTo("User");
                        assertThat(thrown.retryAfterSeconds()).isEqualTo("0");
                    });
            assertThat(clients.calls.of("Invoke")).extracting(Call::attempt).containsExactly(1, 2, 3);
        }
    }

    @Test
    void s3_errors_arrive_with_and_without_a_body() {
        SimulatorError error = SimulatorError.of(404, "NoSuchKey", "The specified key does not exist.");
        S3Client handler = new SilentS3() {
            @Override
            public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
                throw error;
            }

            @Override
            public HeadObjectResponse headObject(HeadObjectRequest request) {
                throw error;
            }
        };
        try (Clients clients = new Clients(handler);
                S3Client s3 = clients.client(S3Client.builder().forcePathStyle(true))) {
            assertThatThrownBy(() ->
                            s3.getObjectAsBytes(request -> request.bucket("b").key("k")))
                    .asInstanceOf(type(NoSuchKeyException.class))
                    .satisfies(thrown -> {
                        assertIs(error, thrown);
                        assertThat(thrown.extendedRequestId()).isNotBlank();
                    });
            assertThatThrownBy(
                            () -> s3.headObject(request -> request.bucket("b").key("k")))
                    .isInstanceOf(NoSuchKeyException.class)
                    .hasMessageContaining("404");
        }
    }

    @Test
    void an_operation_the_handler_lacks_is_named() {
        try (Clients clients = new Clients(new SilentEc2() {}, new SilentSsm() {}, new SilentLambda() {});
                Ec2Client ec2 = clients.client(Ec2Client.builder());
                SsmClient ssm = clients.client(SsmClient.builder());
                LambdaClient lambda = clients.client(LambdaClient.builder())) {
            assertThatThrownBy(ec2::describeVpcs)
                    .isInstanceOf(Ec2Exception.class)
                    .satisfies(thrown -> assertIsUnsupported(thrown, "DescribeVpcs"));
            assertThatThrownBy(ssm::listAssociations)
                    .isInstanceOf(SsmException.class)
                    .satisfies(thrown -> assertIsUnsupported(thrown, "ListAssociations"));
            assertThatThrownBy(lambda::listFunctions)
                    .isInstanceOf(LambdaException.class)
                    .satisfies(thrown -> assertIsUnsupported(thrown, "ListFunctions"));
        }
    }

    @Test
    void a_sub_resource_of_s3_is_not_taken_for_another_operation() {
        S3Client handler = new SilentS3() {
            @Override
            public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
                return ListObjectsV2Response.builder().build();
            }

            @Override
            public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
                throw new AssertionError("GetObject must not be called");
            }
        };
        try (Clients clients = new Clients(handler);
                S3Client s3 = clients.client(S3Client.builder().forcePathStyle(true))) {
            assertThatThrownBy(
                            () -> s3.getObjectAcl(request -> request.bucket("b").key("k")))
                    .isInstanceOf(S3Exception.class)
                    .satisfies(thrown -> assertIsUnsupported(thrown, "GetObjectAcl"));
            assertThatThrownBy(() -> s3.getBucketVersioning(request -> request.bucket("b")))
                    .isInstanceOf(S3Exception.class)
                    .satisfies(thrown -> assertIsUnsupported(thrown, "GetBucketVersioning"));
        }
    }

    @Test
    void a_service_nobody_simulates_is_named() {
        try (Clients clients = new Clients();
                StsClient sts = clients.client(StsClient.builder())) {
            assertThatThrownBy(sts::getCallerIdentity)
                    .isInstanceOf(StsException.class)
                    .hasMessageContaining("does not know the service sts");
        }
    }

    @Test
    void a_bug_in_a_handler_is_an_internal_error_that_says_so() {
        Ec2Client handler = new SilentEc2() {
            @Override
            public StopInstancesResponse stopInstances(StopInstancesRequest request) {
                throw new IllegalStateException("broken on purpose");
            }
        };
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-1")))
                    .asInstanceOf(type(Ec2Exception.class))
                    .satisfies(thrown -> assertThat(thrown.statusCode()).isEqualTo(500))
                    .satisfies(thrown -> assertThat(thrown).hasMessageContaining("broken on purpose"));
        }
    }

    @Test
    void dry_run_is_answered_before_the_handler_runs() {
        Ec2Client handler = new SilentEc2() {
            @Override
            public StopInstancesResponse stopInstances(StopInstancesRequest request) {
                throw new AssertionError("a dry run must not reach the handler");
            }
        };
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            assertThatThrownBy(() -> ec2.stopInstances(
                            request -> request.instanceIds("i-1").dryRun(true)))
                    .asInstanceOf(type(Ec2Exception.class))
                    .satisfies(thrown -> {
                        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
                        assertThat(thrown.statusCode()).isEqualTo(412);
                    });
        }
    }

    @Test
    void an_unknown_enum_value_is_refused_with_its_text() {
        Ec2Client handler = new SilentEc2() {
            @Override
            public RunInstancesResponse runInstances(RunInstancesRequest request) {
                throw new AssertionError("must be refused before");
            }
        };
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            assertThatThrownBy(() ->
                            ec2.runInstances(request -> request.imageId("ami-1").instanceType("t99.huge")))
                    .asInstanceOf(type(Ec2Exception.class))
                    .satisfies(thrown -> {
                        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
                        assertThat(thrown).hasMessageContaining("t99.huge").hasMessageContaining("instanceType");
                    });
        }
    }

    @Test
    void a_nested_attribute_is_decoded() {
        Ec2Client handler = new SilentEc2() {
            @Override
            public ModifyInstanceAttributeResponse modifyInstanceAttribute(ModifyInstanceAttributeRequest request) {
                assertThat(request.userData()).isNull();
                assertThat(request.kernel())
                        .isEqualTo(AttributeValue.builder().value("aki-1").build());
                return ModifyInstanceAttributeResponse.builder().build();
            }
        };
        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            ec2.modifyInstanceAttribute(request -> request.instanceId("i-1")
                    .kernel(AttributeValue.builder().value("aki-1").build()));

            assertThat(clients.calls.last().errorCode()).isEmpty();
        }
    }

    private static Ec2Client failingEc2(SimulatorError error) {
        return new SilentEc2() {
            @Override
            public StopInstancesResponse stopInstances(StopInstancesRequest request) {
                throw error;
            }
        };
    }

    private static void assertIs(SimulatorError expected, AwsServiceException thrown) {
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(expected.code());
        assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo(expected.getMessage());
        assertThat(thrown.statusCode()).isEqualTo(expected.status());
        assertThat(thrown.requestId()).isNotBlank();
    }

    private static void assertIsUnsupported(Throwable thrown, String operation) {
        assertThat(thrown)
                .asInstanceOf(type(AwsServiceException.class))
                .satisfies(
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("UnsupportedOperation"))
                .satisfies(error -> assertThat(error).hasMessageContaining(operation));
    }
}
