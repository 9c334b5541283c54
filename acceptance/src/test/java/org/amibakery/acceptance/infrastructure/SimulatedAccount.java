package org.amibakery.acceptance.infrastructure;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.amibakery.aws.AwsClients;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.lambdas.foundation.FindFoundationImageFunction;
import org.amibakery.lambdas.orphans.CleanUpOrphansFunction;
import org.amibakery.recipe.Region;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.world.SimulatedFunction;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Puts what a stack has into a simulator, as far as a bake uses it: the bucket, the builders' profile, the functions, the documents, the configuration. */
public final class SimulatedAccount implements Consumer<Stack> {
    private static final Region HOME = new Region(Stack.REGION);

    private final Simulator simulator;
    private final AwsClients aws;
    private final Function<String, RegionalEc2> clientsOf;
    private final Map<String, Function<RegionalEc2, SimulatedFunction>> handlers = Map.of(
            FindFoundationImageFunction.class.getName(),
                    ec2 -> new FindFoundationImageFunction(ec2, Clock.systemUTC())::handle,
            CleanUpImagesFunction.class.getName(), ec2 -> new CleanUpImagesFunction(ec2, Clock.systemUTC())::handle,
            CleanUpOrphansFunction.class.getName(), ec2 -> new CleanUpOrphansFunction(ec2, Clock.systemUTC())::handle);

    SimulatedAccount(Simulator simulator, AwsClients aws) {
        this(simulator, aws, function -> region -> aws.ec2(new Region(region)));
    }

    /** Lets each function of the template, by its name there, have clients of its own. */
    public SimulatedAccount(Simulator simulator, AwsClients aws, Function<String, RegionalEc2> clientsOf) {
        this.simulator = simulator;
        this.aws = aws;
        this.clientsOf = clientsOf;
    }

    @Override
    public void accept(Stack stack) {
        makeBucket(stack);
        stack.ofType("AWS::IAM::InstanceProfile")
                .keySet()
                .forEach(profile -> simulator.ec2().createsInstanceProfile(stack.reference(profile), Duration.ZERO));
        deployFunctions(stack);
        installDocuments(stack);
        makeTopics(stack);
        writeConfiguration(stack);
    }

    private void makeBucket(Stack stack) {
        S3Client s3 = aws.s3(HOME);
        String bucket = stack.reference("Bucket");
        if (s3.listBuckets().buckets().stream().noneMatch(known -> known.name().equals(bucket))) {
            s3.createBucket(create -> create.bucket(bucket));
            s3.putBucketVersioning(
                    put -> put.bucket(bucket).versioningConfiguration(it -> it.status(BucketVersioningStatus.ENABLED)));
        }
    }

    private void deployFunctions(Stack stack) {
        stack.ofType("AWS::Lambda::Function").forEach((resource, function) -> {
            aws.s3(HOME).headObject(head -> head.bucket(
                            function.at("/Code/S3Bucket").asText())
                    .key(function.at("/Code/S3Key").asText()));
            simulator.function(
                    function.get("FunctionName").asText(),
                    handlers.get(function.get("Handler").asText()).apply(clientsOf.apply(resource)));
        });
    }

    private void installDocuments(Stack stack) {
        SsmClient ssm = aws.ssm(HOME);
        stack.ofType("AWS::SSM::Document").values().forEach(document -> {
            String name = document.get("Name").asText();
            String content = document.get("Content").toString();
            try {
                ssm.createDocument(create -> create.name(name)
                        .documentType(DocumentType.COMMAND)
                        .documentFormat(DocumentFormat.JSON)
                        .content(content));
            } catch (DocumentAlreadyExistsException installed) {
                // the tests deploy the same documents again
            }
        });
    }

    private void makeTopics(Stack stack) {
        stack.ofType("AWS::SNS::Topic").keySet().stream().map(stack::reference).forEach(arn -> aws.sns(HOME)
                .createTopic(create -> create.name(arn.substring(arn.lastIndexOf(':') + 1))));
    }

    private void writeConfiguration(Stack stack) {
        stack.ofType("AWS::SSM::Parameter").values().forEach(parameter -> aws.ssm(HOME)
                .putParameter(put -> put.name(parameter.get("Name").asText())
                        .type(ParameterType.STRING)
                        .overwrite(true)
                        .value(parameter.get("Value").asText())));
    }
}
