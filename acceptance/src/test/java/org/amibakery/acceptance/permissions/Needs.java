package org.amibakery.acceptance.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.simulator.wire.Call;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What IAM is asked for a call, whichever service it goes to. An unknown call fails: nobody knows that it is allowed. */
final class Needs {
    private final World world;
    private final Ec2Needs ec2;

    Needs(World world) {
        this.world = world;
        this.ec2 = new Ec2Needs(world);
    }

    List<Need> of(Call call) {
        SdkPojo request = call.request().orElseThrow();
        return switch (call.scope().service()) {
            case "ec2" -> ec2.of(call);
            case "ssm" -> ssm(call, request);
            case "s3" -> s3(call, request);
            case "lambda" -> lambda(call, request);
            case "sns" -> List.of(Need.of("sns:" + call.operation(), topic(call, request)));
            case "sts" -> List.of(); // GetCallerIdentity needs no permission
            default -> throw unknown(call);
        };
    }

    private List<Need> ssm(Call call, SdkPojo request) {
        String region = call.scope().region();
        return switch (call.operation()) {
            case "DescribeInstanceInformation", "ListCommands", "ListCommandInvocations", "GetCommandInvocation" ->
                List.of(Need.of("ssm:" + call.operation(), "*"));
            case "DescribeDocument" ->
                List.of(Need.of("ssm:DescribeDocument", document(region, ((DescribeDocumentRequest) request).name())));
            case "GetDocument" ->
                List.of(Need.of("ssm:GetDocument", document(region, ((GetDocumentRequest) request).name())));
            case "GetParameter" ->
                List.of(Need.of("ssm:GetParameter", parameter(region, ((GetParameterRequest) request).name())));
            case "PutParameter" -> put((PutParameterRequest) request, region);
            case "SendCommand" -> send((SendCommandRequest) request, region);
            default -> throw unknown(call);
        };
    }

    /** A value that names an image is checked in the caller's name (PutParameter, DataType). */
    private static List<Need> put(PutParameterRequest put, String region) {
        Need write = Need.of("ssm:PutParameter", parameter(region, put.name()))
                .with("ssm:Overwrite", String.valueOf(put.overwrite()));
        return "aws:ec2:image".equals(put.dataType())
                ? List.of(write, Need.of("ec2:DescribeImages", "*"))
                : List.of(write);
    }

    private List<Need> send(SendCommandRequest send, String region) {
        List<Need> needs = new ArrayList<>();
        needs.add(Need.of("ssm:SendCommand", document(region, send.documentName())));
        send.instanceIds()
                .forEach(id -> needs.add(
                        Need.of("ssm:SendCommand", World.arn(region, id)).onResourceTagged(world.tags(id))));
        if (send.outputS3BucketName() != null) {
            needs.add(Need.of("ssm:SendCommand", "arn:aws:s3:::" + send.outputS3BucketName()));
        }
        return needs;
    }

    private static List<Need> s3(Call call, SdkPojo request) {
        if (request instanceof HeadBucketRequest bucket) {
            return List.of(Need.of("s3:ListBucket", "arn:aws:s3:::" + bucket.bucket()));
        }
        if (request instanceof GetBucketVersioningRequest bucket) {
            return List.of(Need.of("s3:GetBucketVersioning", "arn:aws:s3:::" + bucket.bucket()));
        }
        if (request instanceof HeadObjectRequest head) {
            return List.of(read(head.bucket(), head.key(), head.versionId()));
        }
        if (request instanceof GetObjectRequest get) {
            return List.of(read(get.bucket(), get.key(), get.versionId()));
        }
        throw unknown(call);
    }

    private static Need read(String bucket, String key, String version) {
        String action = version == null ? "s3:GetObject" : "s3:GetObjectVersion";
        Need read = Need.of(action, "arn:aws:s3:::%s/%s".formatted(bucket, key));
        return version == null ? read : read.with("s3:versionid", version);
    }

    private static List<Need> lambda(Call call, SdkPojo request) {
        String region = call.scope().region();
        if (request instanceof InvokeRequest invoke) {
            return List.of(Need.of("lambda:InvokeFunction", function(region, invoke.functionName())));
        }
        if (request instanceof GetFunctionRequest get) {
            return List.of(Need.of("lambda:GetFunction", function(region, get.functionName())));
        }
        throw unknown(call);
    }

    private static String topic(Call call, SdkPojo request) {
        if (request instanceof PublishRequest publish) {
            return publish.topicArn();
        }
        if (request instanceof GetTopicAttributesRequest look) {
            return look.topicArn();
        }
        throw unknown(call);
    }

    static String document(String region, String name) {
        String owner = name.startsWith("AWS-") ? "" : Stack.ACCOUNT;
        return name.startsWith("arn:") ? name : "arn:aws:ssm:%s:%s:document/%s".formatted(region, owner, name);
    }

    static String parameter(String region, String name) {
        return "arn:aws:ssm:%s:%s:parameter%s%s"
                .formatted(region, Stack.ACCOUNT, name.startsWith("/") ? "" : "/", name);
    }

    static String function(String region, String name) {
        return name.startsWith("arn:")
                ? name
                : "arn:aws:lambda:%s:%s:function:%s".formatted(region, Stack.ACCOUNT, name);
    }

    private static AssertionError unknown(Call call) {
        return new AssertionError(
                "It is not known what IAM asks for %s of %s: write it here, after the Service Authorization"
                                .formatted(call.operation(), call.scope().service())
                        + " Reference, and allow it in the template.");
    }

    /** What Lambda does in the name of a function's role: it writes what the function logs. */
    static Stream<Need> ofLogging(Stack stack, String function) {
        String log = stack.arn(function + "Log").replaceFirst(":\\*$", "");
        return Stream.of("logs:CreateLogStream", "logs:PutLogEvents")
                .map(action -> Need.of(action, log + ":log-stream:2026/01/31/[$LATEST]0a1b2c3d"));
    }
}
