package org.amibakery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class RoundTripTest {
    private static final Instant THEN = Instant.parse("2026-03-04T05:06:07.089Z");

    @Test
    void ec2_carries_nested_lists_enums_and_timestamps_both_ways() {
        List<SdkPojo> seen = new ArrayList<>();
        RunInstancesResponse answer = RunInstancesResponse.builder()
                .reservationId("r-1")
                .instances(Instance.builder()
                        .instanceId("i-1")
                        .launchTime(THEN)
                        .instanceType(InstanceType.T3_MICRO)
                        .tags(tag("name", "a <b> & \"c\""), tag("empty", ""))
                        .productCodes(List.of())
                        .build())
                .build();
        RunInstancesRequest request = RunInstancesRequest.builder()
                .imageId("ami-1")
                .minCount(1)
                .maxCount(1)
                .clientToken("token-1")
                .userData("IyEvYmluL3No")
                .instanceType(InstanceType.T3_MICRO)
                .securityGroupIds("sg-1", "sg-2")
                .tagSpecifications(
                        tagged(ResourceType.INSTANCE, tag("empty", ""), tag("plus", "1+1 = 2")),
                        tagged(ResourceType.VOLUME, tag("ü", "ñ")))
                .blockDeviceMappings(BlockDeviceMapping.builder()
                        .deviceName("/dev/sda1")
                        .ebs(ebs -> ebs.deleteOnTermination(true).volumeSize(8))
                        .build())
                .build();
        Ec2Client handler = new SilentEc2() {
            @Override
            public RunInstancesResponse runInstances(RunInstancesRequest decoded) {
                seen.add(decoded);
                return answer;
            }
        };

        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            RunInstancesResponse decoded = ec2.runInstances(request);

            assertThat(seen).containsExactly(request);
            assertThat(decoded).matches(answer::equalsBySdkFields);
            assertThat(decoded.instances().get(0).hasProductCodes()).isTrue();
            assertThat(decoded.responseMetadata().requestId()).isNotBlank();
        }
    }

    @Test
    void ec2_pages_run_through_the_paginator() {
        Ec2Client handler = new SilentEc2() {
            @Override
            public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
                int page = Optional.ofNullable(request.nextToken())
                        .map(Integer::valueOf)
                        .orElse(1);
                return DescribeInstancesResponse.builder()
                        .reservations(Reservation.builder()
                                .instances(Instance.builder()
                                        .instanceId("i-" + page)
                                        .build())
                                .build())
                        .nextToken(page < 3 ? Integer.toString(page + 1) : null)
                        .build();
            }
        };

        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            assertThat(ec2.describeInstancesPaginator().reservations())
                    .flatExtracting(reservation -> reservation.instances())
                    .extracting(Instance::instanceId)
                    .containsExactly("i-1", "i-2", "i-3");
        }
    }

    @Test
    void ssm_carries_maps_of_lists_and_decimal_timestamps() {
        List<SdkPojo> seen = new ArrayList<>();
        SendCommandRequest request = SendCommandRequest.builder()
                .documentName("AWS-RunShellScript")
                .instanceIds("i-1")
                .parameters(Map.of("commands", List.of("echo \"ü\"\n", "true"), "none", List.of()))
                .timeoutSeconds(60)
                .build();
        SendCommandResponse answer = SendCommandResponse.builder()
                .command(Command.builder()
                        .commandId("c-1")
                        .requestedDateTime(THEN)
                        .status(CommandStatus.PENDING)
                        .instanceIds(List.of())
                        .build())
                .build();
        SsmClient handler = new SilentSsm() {
            @Override
            public SendCommandResponse sendCommand(SendCommandRequest decoded) {
                seen.add(decoded);
                return answer;
            }
        };

        try (Clients clients = new Clients(handler);
                SsmClient ssm = clients.client(SsmClient.builder())) {
            assertThat(ssm.sendCommand(request)).matches(answer::equalsBySdkFields);
            assertThat(seen).containsExactly(request);
        }
    }

    @Test
    void lambda_carries_blobs_headers_and_the_status() {
        List<SdkPojo> seen = new ArrayList<>();
        String arn = "arn:aws:lambda:eu-west-1:123456789012:function:find-foundation-image";
        InvokeRequest request = InvokeRequest.builder()
                .functionName(arn)
                .invocationType(InvocationType.REQUEST_RESPONSE)
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String("{\"a\":1}"))
                .build();
        InvokeResponse answer = InvokeResponse.builder()
                .statusCode(200)
                .functionError("Unhandled")
                .logResult("bG9n")
                .payload(SdkBytes.fromUtf8String("{\"errorMessage\":\"ü\"}"))
                .build();
        LambdaClient handler = new SilentLambda() {
            @Override
            public InvokeResponse invoke(InvokeRequest decoded) {
                seen.add(decoded);
                return answer;
            }
        };

        try (Clients clients = new Clients(handler);
                LambdaClient lambda = clients.client(LambdaClient.builder())) {
            assertThat(lambda.invoke(request)).matches(answer::equalsBySdkFields);
            assertThat(seen).containsExactly(request);
        }
    }

    @Test
    void query_carries_maps_and_blobs() {
        List<SdkPojo> seen = new ArrayList<>();
        PublishRequest request = PublishRequest.builder()
                .topicArn("arn:aws:sns:eu-west-1:123456789012:bakes")
                .message("done + dusted")
                .messageAttributes(Map.of(
                        "recipe",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("web")
                                        .build(),
                        "raw",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromUtf8String("\0\1"))
                                        .build()))
                .build();
        SnsClient handler = new SilentSns() {
            @Override
            public PublishResponse publish(PublishRequest decoded) {
                seen.add(decoded);
                return PublishResponse.builder().messageId("m-1").build();
            }
        };

        try (Clients clients = new Clients(handler);
                SnsClient sns = clients.client(SnsClient.builder())) {
            assertThat(sns.publish(request).messageId()).isEqualTo("m-1");
            assertThat(seen).containsExactly(request);
        }
    }

    @Test
    void sts_answers_who_calls() {
        StsClient handler = new SilentSts() {
            @Override
            public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
                return GetCallerIdentityResponse.builder()
                        .account("123456789012")
                        .build();
            }
        };

        try (Clients clients = new Clients(handler);
                StsClient sts = clients.client(StsClient.builder())) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
        }
    }

    @Test
    void a_call_is_logged_with_scope_request_and_attempt() {
        Ec2Client handler = new SilentEc2() {
            @Override
            public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
                return TerminateInstancesResponse.builder().build();
            }
        };

        try (Clients clients = new Clients(handler);
                Ec2Client ec2 = clients.client(Ec2Client.builder())) {
            ec2.terminateInstances(request -> request.instanceIds("i-1"));

            Call call = clients.calls.last();
            assertThat(call.scope()).isEqualTo(new Scope(Clients.KEY.id(), "eu-west-1", "ec2"));
            assertThat(call.operation()).isEqualTo("TerminateInstances");
            assertThat(call.request())
                    .contains(TerminateInstancesRequest.builder()
                            .instanceIds("i-1")
                            .build());
            assertThat(call.invocationId()).isPresent();
            assertThat(call.attempt()).isEqualTo(1);
            assertThat(call.errorCode()).isEmpty();
        }
    }

    private static TagSpecification tagged(ResourceType type, Tag... tags) {
        return TagSpecification.builder().resourceType(type).tags(tags).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
