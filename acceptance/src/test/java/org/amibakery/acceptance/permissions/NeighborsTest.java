package org.amibakery.acceptance.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.amibakery.acceptance.infrastructure.Stack;
import org.amibakery.acceptance.permissions.IamEvaluation.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stands next to what is allowed is denied: the same calls with another stack's tag, another document, another bucket,
 * and calls that nobody of an installation has any business with.
 */
class NeighborsTest {
    private static final String OTHER_STACK = "ami-bakery-2"; // begins like ours
    private static final String OTHER_ACCOUNT = "999988887777";
    private static final String STACK_TAG = "ami-bakery:stack";

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
            WORKER | sns:Subscribe | TOPIC
            # buckets
            WORKER | s3:GetObject | arn:aws:s3:::somebodys-bucket/playbooks/base.zip
            WORKER | s3:GetObject | BUCKET/install/functions.jar
            WORKER | s3:PutObject | BUCKET/playbooks/base.zip
            WORKER | s3:DeleteObjectVersion | BUCKET/playbooks/base.zip
            WORKER | s3:ListBucket | arn:aws:s3:::somebodys-bucket
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
            WORKER | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:123456789012:secret:password-0a1b2c
            FIND_FOUNDATION_IMAGE | ec2:DescribeInstances | *
            FIND_FOUNDATION_IMAGE | ec2:DeregisterImage | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:TerminateInstances | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:CreateTags | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ec2:ModifyImageAttribute | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_IMAGES | ssm:GetParameters | arn:aws:ssm:us-east-1:123456789012:parameter/production/password
            CLEAN_UP_IMAGES | ec2:DescribeLaunchTemplates | *
            CLEAN_UP_ORPHANS | ec2:CreateTags | arn:aws:ec2:us-east-1::image/ami-0a1b2c3d4e5f67890
            CLEAN_UP_ORPHANS | ec2:RunInstances | arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f67890
            CLEAN_UP_ORPHANS | logs:PutLogEvents | arn:aws:logs:us-east-1:123456789012:log-group:somebodys:log-stream:x
            """;

    private static FullRun.Evidence run;
    private static IamEvaluation iam;

    @BeforeAll
    static void everything_runs() {
        run = FullRun.evidence();
        iam = IamEvaluation.require(run.world().stack());
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "CLEAN_UP_IMAGES", "CLEAN_UP_ORPHANS"})
    void what_another_stack_or_nobody_made_is_not_touched(Principal principal) {
        List<Question> neighbors = mutated(
                principal,
                need -> need.has("aws:ResourceTag/" + STACK_TAG)
                        && !need.action().equals("ec2:RunInstances"),
                List.of(
                        need -> need.onResourceTagged(Map.of(STACK_TAG, OTHER_STACK)),
                        need -> need.onResourceTagged(Map.of(STACK_TAG, "")),
                        NeighborsTest::withoutResourceTags));

        assertDenied(neighbors);
    }

    @Test
    void nothing_is_made_in_the_name_of_another_stack_or_of_none() {
        List<Question> neighbors = mutated(
                Principal.WORKER,
                need -> need.has("aws:RequestTag/" + STACK_TAG),
                List.of(
                        need -> need.with("aws:RequestTag/" + STACK_TAG, OTHER_STACK),
                        need -> need.without("aws:RequestTag/" + STACK_TAG)));

        assertDenied(neighbors);
    }

    @Test
    void an_own_image_is_not_given_to_another_stack() {
        List<Question> neighbors = mutated(
                Principal.WORKER,
                need -> need.action().equals("ec2:CreateTags") && need.has("aws:ResourceTag/" + STACK_TAG),
                List.of(need -> need.with("aws:RequestTag/" + STACK_TAG, OTHER_STACK)));

        assertDenied(neighbors);
    }

    /** Whoever could tag anything could make it the stack's own, and then remove it. */
    @Test
    void what_is_there_already_is_not_tagged_as_ones_own() {
        List<Question> neighbors = mutated(
                Principal.WORKER,
                need -> need.has("ec2:CreateAction"),
                List.of(
                        need -> need.without("ec2:CreateAction"),
                        need -> need.with("ec2:CreateAction", "CreateVolume")));

        assertDenied(neighbors);
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "CLEAN_UP_ORPHANS"})
    void nothing_of_another_account_is_touched(Principal principal) {
        assertDenied(mutated(
                principal,
                need -> need.resource().contains(":" + Stack.ACCOUNT + ":"),
                List.of(need -> need.about(need.resource().replace(Stack.ACCOUNT, OTHER_ACCOUNT)))));
    }

    @Test
    void is_denied_even_on_what_carries_the_stacks_tag() {
        Stack stack = run.world().stack();
        List<Question> neighbors = NEVER.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .map(row -> Question.of(Principal.valueOf(row[0]), favored(stack, row[1], row[2])))
                .toList();

        assertThat(neighbors).hasSizeGreaterThan(50);
        assertDenied(neighbors);
    }

    private static Need favored(Stack stack, String action, String resource) {
        String arn = resource.replace("BUCKET", stack.arn("Bucket"))
                .replace("TOPIC", stack.reference("Topic"))
                .replace("BUILDER_ROLE", stack.arn("BuilderRole"));
        return Need.of(action, arn)
                .onResourceTagged(Map.of(STACK_TAG, stack.name()))
                .requestingTags(Map.of(STACK_TAG, stack.name()))
                .with("iam:PassedToService", "ec2.amazonaws.com");
    }

    @Test
    void the_builders_role_is_given_to_nothing_but_instances() {
        List<Question> neighbors = mutated(
                Principal.WORKER,
                need -> need.action().equals("iam:PassRole"),
                List.of(
                        need -> need.with("iam:PassedToService", "lambda.amazonaws.com"),
                        need -> need.without("iam:PassedToService")));

        assertDenied(neighbors);
    }

    @Test
    void of_an_own_image_only_the_expiry_is_untagged() {
        List<Question> neighbors = mutated(
                Principal.WORKER,
                need -> need.action().equals("ec2:DeleteTags"),
                List.of(
                        need -> need.with("aws:TagKeys", STACK_TAG),
                        need -> need.with("aws:TagKeys", List.of("ami-bakery:expires", STACK_TAG)),
                        need -> need.without("aws:TagKeys")));

        assertDenied(neighbors);
    }

    @Test
    void no_snapshot_is_shared_with_everybody() {
        List<Question> neighbors = mutated(
                Principal.WORKER,
                need -> need.action().equals("ec2:ModifySnapshotAttribute"),
                List.of(need -> need.with("ec2:Add/group", "all")));

        assertDenied(neighbors);
    }

    @Test
    void nobody_comes_to_the_bucket_but_by_recent_tls() {
        Stack stack = run.world().stack();
        Need read = Need.of("s3:GetObject", stack.arn("Bucket") + "/playbooks/base.zip");
        Need write = Need.of("s3:PutObject", stack.arn("Bucket") + "/ami-bakery/commands/x");
        Optional<JsonNode> policy = Optional.of(stack.properties("BucketPolicy").get("PolicyDocument"));
        List<Verdict> verdicts = iam.evaluate(Stream.of(
                        read.with("aws:SecureTransport", "true").with("s3:TlsVersion", "1.3"),
                        read.with("aws:SecureTransport", "false"),
                        read.with("aws:SecureTransport", "true").with("s3:TlsVersion", "1.1"))
                .map(need -> new Question(Principal.WORKER, need, policy))
                .toList());
        List<Verdict> builders = iam.evaluate(List.of(
                new Question(Principal.BUILDER, write.with("aws:SecureTransport", "true"), policy),
                new Question(Principal.BUILDER, write.with("aws:SecureTransport", "false"), policy)));

        assertThat(verdicts)
                .extracting(Verdict::answer)
                .containsExactly("Allowed", "ExplicitlyDenied", "ExplicitlyDenied");
        assertThat(builders).extracting(Verdict::answer).containsExactly("Allowed", "ExplicitlyDenied");
    }

    private static Need withoutResourceTags(Need need) {
        Need bare = need;
        for (String key : List.copyOf(need.context().keySet())) {
            bare = key.toLowerCase(Locale.ROOT).contains("resourcetag/") ? bare.without(key) : bare;
        }
        return bare;
    }

    /** What a principal needed in the run, changed in each of these ways. */
    private static List<Question> mutated(
            Principal principal, Predicate<Need> which, List<UnaryOperator<Need>> changes) {
        Needs needs = new Needs(run.world());
        Set<Question> questions = new LinkedHashSet<>();
        run.calls().getOrDefault(principal, List.of()).stream()
                .flatMap(call -> needs.of(call).stream())
                .filter(which)
                .distinct()
                .forEach(need -> changes.forEach(change -> questions.add(Question.of(principal, change.apply(need)))));
        return new ArrayList<>(questions);
    }

    /** Denied by the stack's policies, and by nothing else. */
    private static void assertDenied(List<Question> neighbors) {
        assertThat(neighbors).isNotEmpty();
        assertThat(iam.evaluate(neighbors)).allMatch(Verdict::isDenied);
        assertThat(iam.withoutLimits().evaluate(neighbors)).allMatch(Verdict::isAllowed);
    }
}
