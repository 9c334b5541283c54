package org.amibakery.acceptance.permissions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.Stack;

/** What stands next to what a run needed, and must be denied: the same with one thing changed, and what is nobody's business. */
final class Neighbors {
    private static final String OTHER_STACK = "ami-bakery-2"; // begins like ours
    private static final String OTHER_ACCOUNT = "999988887777";
    private static final String STACK_TAG = "ami-bakery:stack";
    private static final String DISABLED_TAG = "ami-bakery:disabled-at";

    /** Who must never do what to what, even where it carries the stack's tag. */
    private static final String NEVER =
            """
            # documents, functions, parameters, topics
            WORKER | ssm:SendCommand | arn:aws:ssm:us-east-1:123456789012:document/ami-bakery-2-debian-scrub
            WORKER | ssm:SendCommand | arn:aws:ssm:us-east-1:123456789012:document/somebodys
            WORKER | ssm:SendCommand | arn:aws:ssm:us-east-1::document/AWS-RunPatchBaseline
            WORKER | ssm:SendCommand | arn:aws:ssm:eu-west-1:123456789012:document/ami-bakery-debian-scrub
            WORKER | ssm:SendCommand | arn:aws:s3:::somebodys-bucket
            WORKER | ssm:StartSession | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            WORKER | ssm:UpdateDocument | arn:aws:ssm:us-east-1:123456789012:document/ami-bakery-debian-scrub
            WORKER | lambda:InvokeFunction | arn:aws:lambda:us-east-1:123456789012:function:ami-bakery-2-clean-up-images
            WORKER | lambda:InvokeFunction | arn:aws:lambda:us-east-1:123456789012:function:ami-bakery-clean-up-orphans
            WORKER | lambda:UpdateFunctionCode | arn:aws:lambda:us-east-1:123456789012:function:ami-bakery-clean-up-images
            WORKER | ssm:GetParameter | arn:aws:ssm:us-east-1:123456789012:parameter/ami-bakery/ami-bakery-2/config
            WORKER | ssm:GetParameter | arn:aws:ssm:us-east-1:123456789012:parameter/production/password
            WORKER | ssm:PutParameter | arn:aws:ssm:us-east-1:123456789012:parameter/ami-bakery/ami-bakery/config
            WORKER | ssm:PutParameter | arn:aws:ssm:us-east-1:123456789012:parameter/production/image
            WORKER | sns:Publish | arn:aws:sns:us-east-1:123456789012:somebodys
            WORKER | sns:GetTopicAttributes | arn:aws:sns:us-east-1:123456789012:somebodys
            WORKER | sns:Subscribe | TOPIC
            WORKER | ssm:GetDocument | arn:aws:ssm:us-east-1:123456789012:document/ami-bakery-2-debian-scrub
            WORKER | lambda:GetFunction | arn:aws:lambda:us-east-1:123456789012:function:ami-bakery-2-clean-up-orphans
            # buckets
            WORKER | s3:GetObject | arn:aws:s3:::somebodys-bucket/playbooks/base.zip
            WORKER | s3:GetObject | BUCKET/install/functions.jar
            WORKER | s3:PutObject | BUCKET/playbooks/base.zip
            WORKER | s3:DeleteObjectVersion | BUCKET/playbooks/base.zip
            WORKER | s3:ListBucket | arn:aws:s3:::somebodys-bucket
            WORKER | s3:GetBucketVersioning | arn:aws:s3:::somebodys-bucket
            WORKER | s3:PutBucketVersioning | BUCKET
            BUILDER | s3:GetObjectVersion | arn:aws:s3:::somebodys-bucket/playbooks/base.zip
            BUILDER | s3:GetObjectVersion | BUCKET/ami-bakery/commands/of-another-builder
            BUILDER | s3:GetObjectVersion | BUCKET/install/functions.jar
            BUILDER | s3:PutObject | BUCKET/playbooks/base.zip
            BUILDER | s3:PutObject | BUCKET/install/functions.jar
            BUILDER | s3:DeleteObject | BUCKET/ami-bakery/commands/x
            BUILDER | s3:ListBucket | BUCKET
            # what AmazonSSMManagedInstanceCore would let a builder do, and more
            BUILDER | ssm:GetParameter | arn:aws:ssm:us-east-1:123456789012:parameter/production/password
            BUILDER | ssm:GetParameters | arn:aws:ssm:us-east-1:123456789012:parameter/production/password
            BUILDER | ssm:GetParameter | arn:aws:ssm:us-east-1:123456789012:parameter/ami-bakery/ami-bakery/config
            BUILDER | ssm:PutParameter | arn:aws:ssm:us-east-1:123456789012:parameter/ami-bakery/images/web
            BUILDER | ssm:SendCommand | arn:aws:ssm:us-east-1::document/AWS-RunShellScript
            BUILDER | ssm:UpdateInstanceInformation | arn:aws:ec2:us-east-1:999988887777:instance/i-0a1b2c3d4e5f67890
            BUILDER | ec2:DescribeInstances | *
            BUILDER | ec2:CreateTags | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            BUILDER | ec2:TerminateInstances | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            BUILDER | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:123456789012:secret:password-0a1b2c
            BUILDER | sts:AssumeRole | arn:aws:iam::123456789012:role/admin
            BUILDER | lambda:InvokeFunction | arn:aws:lambda:us-east-1:123456789012:function:ami-bakery-clean-up-images
            # nobody writes to IAM or opens anything
            WORKER | iam:PassRole | arn:aws:iam::123456789012:role/admin
            WORKER | iam:CreateRole | arn:aws:iam::123456789012:role/admin
            WORKER | iam:AttachRolePolicy | BUILDER_ROLE
            WORKER | iam:PutRolePolicy | BUILDER_ROLE
            WORKER | iam:AddRoleToInstanceProfile | arn:aws:iam::123456789012:instance-profile/ami-bakery-BuilderProfile
            WORKER | sts:AssumeRole | BUILDER_ROLE
            WORKER | ec2:CreateKeyPair | arn:aws:ec2:us-east-1:123456789012:key-pair/mine
            WORKER | ec2:AuthorizeSecurityGroupIngress | arn:aws:ec2:us-east-1:123456789012:security-group/sg-0a1b2c3d
            WORKER | ec2:AssociateIamInstanceProfile | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            WORKER | ec2:ModifyInstanceAttribute | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            WORKER | ec2:DisableImageBlockPublicAccess | *
            WORKER | ec2:CreateTags | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            WORKER | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:123456789012:secret:password-0a1b2c
            FIND_FOUNDATION_IMAGE | ec2:DescribeInstances | *
            FIND_FOUNDATION_IMAGE | ec2:DeregisterImage | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:TerminateInstances | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:CreateTags | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:EnableImage | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:ModifyImageAttribute | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ssm:GetParameters | arn:aws:ssm:us-east-1:123456789012:parameter/production/password
            CLEAN_UP_IMAGES | ec2:DescribeLaunchTemplates | *
            CLEAN_UP_ORPHANS | ec2:CreateTags | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_ORPHANS | ec2:RunInstances | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            FIND_FOUNDATION_IMAGE | logs:PutLogEvents | arn:aws:logs:us-east-1:123456789012:log-group:somebodys:log-stream:x
            CLEAN_UP_IMAGES | logs:PutLogEvents | arn:aws:logs:us-east-1:123456789012:log-group:somebodys:log-stream:x
            CLEAN_UP_ORPHANS | logs:PutLogEvents | arn:aws:logs:us-east-1:123456789012:log-group:somebodys:log-stream:x
            """;

    private final FullRun.Evidence run;

    Neighbors(FullRun.Evidence run) {
        this.run = run;
    }

    /** Every one of a principal. */
    List<Question> of(Principal principal) {
        Stream<Question> launches =
                LaunchNeighbors.of(run.world()).values().stream().map(need -> Question.of(Principal.WORKER, need));
        return Stream.of(
                        ofAnotherStack(principal).stream(),
                        inAnotherName(principal).stream(),
                        givenAway(principal).stream(),
                        tagged(principal).stream(),
                        ofAnotherAccount(principal).stream(),
                        inAnotherRegion(principal).stream(),
                        handedOn(principal).stream(),
                        untagged(principal).stream(),
                        dated(principal).stream(),
                        madePublic(principal).stream(),
                        never().stream(),
                        launches)
                .flatMap(questions -> questions)
                .filter(question -> question.principal() == principal)
                .toList();
    }

    /** Changing or removing what another stack or nobody made. */
    List<Question> ofAnotherStack(Principal principal) {
        return mutated(
                principal,
                need -> need.has("aws:ResourceTag/" + STACK_TAG)
                        && !need.action().equals("ec2:RunInstances"),
                List.of(
                        need -> need.onResourceTagged(Map.of(STACK_TAG, OTHER_STACK)),
                        need -> need.onResourceTagged(Map.of(STACK_TAG, "")),
                        Neighbors::withoutResourceTags));
    }

    /** Making something in the name of another stack or of none. */
    List<Question> inAnotherName(Principal principal) {
        return mutated(
                principal,
                need -> need.has("aws:RequestTag/" + STACK_TAG)
                        && !need.has("aws:ResourceTag/" + STACK_TAG), // which is there already
                List.of(
                        need -> need.with("aws:RequestTag/" + STACK_TAG, OTHER_STACK),
                        need -> need.without("aws:RequestTag/" + STACK_TAG)));
    }

    /** Giving an own image to another stack. */
    List<Question> givenAway(Principal principal) {
        return mutated(
                principal,
                need -> need.action().equals("ec2:CreateTags") && need.has("aws:ResourceTag/" + STACK_TAG),
                List.of(need -> need.requestingTags(Map.of(STACK_TAG, OTHER_STACK))));
    }

    /** Tagging as the stack's own what was there already: whoever could do so could then remove it. */
    List<Question> tagged(Principal principal) {
        return mutated(
                principal,
                need -> need.has("ec2:CreateAction"),
                List.of(
                        need -> need.without("ec2:CreateAction"),
                        need -> need.with("ec2:CreateAction", "CreateVolume")));
    }

    List<Question> ofAnotherAccount(Principal principal) {
        return mutated(
                principal,
                need -> need.resource().contains(":" + Stack.ACCOUNT + ":"),
                List.of(need -> need.about(need.resource().replace(Stack.ACCOUNT, OTHER_ACCOUNT))));
    }

    /** Launching, commanding and calling anywhere but at home. */
    List<Question> inAnotherRegion(Principal principal) {
        return mutated(
                        principal,
                        need -> need.resource().contains(":" + Stack.REGION + ":")
                                && need.action().matches("ec2:RunInstances|ssm:SendCommand|lambda:.*"),
                        List.of(need -> need.about(need.resource().replace(Stack.REGION, "eu-west-1"))))
                .stream()
                .filter(question -> !question.need().resource().contains("document/AWS-")) // AWS has it everywhere
                .toList();
    }

    /** Handing the builders' role on to anything but instances. */
    List<Question> handedOn(Principal principal) {
        return mutated(
                principal,
                need -> need.action().equals("iam:PassRole"),
                List.of(
                        need -> need.with("iam:PassedToService", "lambda.amazonaws.com"),
                        need -> need.without("iam:PassedToService")));
    }

    /** Taking any tag but the expiry off an own image, or the expiry off a builder, which would then live for ever. */
    List<Question> untagged(Principal principal) {
        return mutated(
                principal,
                need -> need.action().equals("ec2:DeleteTags"),
                List.of(
                        need -> need.about(World.arn(Stack.REGION, "i-0a1b2c3d4e5f67890")),
                        need -> need.with("aws:TagKeys", STACK_TAG),
                        need -> need.with("aws:TagKeys", List.of("ami-bakery:expires", STACK_TAG)),
                        need -> need.without("aws:TagKeys")));
    }

    /** Writing any tag but since when an image is disabled, or that on anything but an image. */
    List<Question> dated(Principal principal) {
        return mutated(
                principal,
                need -> need.action().equals("ec2:CreateTags") && need.has("aws:RequestTag/" + DISABLED_TAG),
                List.of(
                        need -> need.about(World.arn(Stack.REGION, "i-0a1b2c3d4e5f67890")),
                        need -> need.about(World.arn(Stack.REGION, "snap-0a1b2c3d4e5f67890")),
                        need -> need.with("aws:TagKeys", "ami-bakery:state"),
                        need -> need.with("aws:TagKeys", List.of(DISABLED_TAG, STACK_TAG)),
                        need -> need.without("aws:TagKeys")));
    }

    /** Sharing a snapshot with everybody. */
    List<Question> madePublic(Principal principal) {
        return mutated(
                principal,
                need -> need.action().equals("ec2:ModifySnapshotAttribute"),
                List.of(need -> need.with("ec2:Add/group", "all")));
    }

    /** What is nobody's business, asked as favorably as can be. */
    List<Question> never() {
        return NEVER.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .map(row -> Question.of(Principal.valueOf(row[0]), favored(row[1], row[2])))
                .toList();
    }

    private Need favored(String action, String resource) {
        Stack stack = run.world().stack();
        String arn = resource.replace("BUILDER_ROLE", stack.arn("BuilderRole"))
                .replace("BUCKET", stack.arn("Bucket"))
                .replace("TOPIC", stack.reference("Topic"));
        return Need.of(action, arn)
                .onResourceTagged(Map.of(STACK_TAG, stack.name()))
                .requestingTags(Map.of(STACK_TAG, stack.name()))
                .with("iam:PassedToService", "ec2.amazonaws.com");
    }

    private static Need withoutResourceTags(Need need) {
        Need bare = need;
        for (String key : List.copyOf(need.context().keySet())) {
            bare = key.toLowerCase(Locale.ROOT).contains("resourcetag/") ? bare.without(key) : bare;
        }
        return bare;
    }

    /** What a principal needed in the run, changed in each of these ways. Of what differs in ids alone, one is enough. */
    private List<Question> mutated(Principal principal, Predicate<Need> which, List<UnaryOperator<Need>> changes) {
        Needs needs = new Needs(run.world());
        Map<String, Need> oneOfEachShape = new LinkedHashMap<>();
        run.calls().getOrDefault(principal, List.of()).stream()
                .flatMap(call -> needs.of(call).stream())
                .filter(which)
                .forEach(need -> oneOfEachShape.putIfAbsent(shape(need), need));
        return oneOfEachShape.values().stream()
                .flatMap(need -> changes.stream().map(change -> Question.of(principal, change.apply(need))))
                .toList();
    }

    private static String shape(Need need) {
        String resource = need.resource().replaceFirst("-[0-9a-f]{8,17}$", "");
        return "%s %s %s".formatted(need.action(), resource, need.context().keySet());
    }
}
