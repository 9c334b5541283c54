package org.amibakery.acceptance.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.amibakery.acceptance.documents.CommandDocument;
import org.amibakery.lambdas.FunctionJson;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.lambdas.orphans.CleanUpOrphansRequest;
import org.junit.jupiter.api.Test;

/** Holds the template to the code and the documents that it deploys, and to what AWS takes. */
class TemplateTest {
    /** CloudFormation takes so much from a bucket (quotas), and no more. */
    private static final long MOST_BYTES = 1_000_000;

    private final Template template = Template.packaged();
    private final Stack stack = Stack.standard();

    @Test
    void every_functions_handler_is_a_class_of_ours_that_lambda_can_call() throws ClassNotFoundException {
        Map<String, JsonNode> functions = stack.ofType("AWS::Lambda::Function");
        assertThat(functions).containsOnlyKeys("FindFoundationImage", "CleanUpImages", "CleanUpOrphans");

        for (JsonNode function : functions.values()) {
            Class<?> handler = Class.forName(function.get("Handler").asText());
            assertThat(handler).isAssignableTo(RequestStreamHandler.class).hasPublicMethods("handleRequest");
            assertThat(handler.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
        }
    }

    @Test
    void every_function_writes_to_a_log_of_its_own_that_its_role_may_write_to() {
        assertThat(stack.ofType("AWS::Lambda::Function")).allSatisfy((name, function) -> {
            assertThat(function.at("/LoggingConfig/LogGroup").asText()).isEqualTo(stack.reference(name + "Log"));
            assertThat(function.get("Role").asText()).isEqualTo(stack.arn(name + "Role"));
            assertThat(stack.statements(name + "Role"))
                    .filteredOn(statement -> Stack.actions(statement).contains("logs:PutLogEvents"))
                    .singleElement()
                    .satisfies(statement ->
                            assertThat(statement.get("Resource").asText()).isEqualTo(stack.arn(name + "Log")));
        });
    }

    @Test
    void the_rule_invokes_the_function_every_15_minutes_and_may() {
        JsonNode rule = stack.properties("CleanUpOrphansRule");

        assertThat(rule.get("ScheduleExpression").asText()).isEqualTo("rate(15 minutes)");
        assertThat(rule.get("State").asText()).isEqualTo("ENABLED");
        assertThat(rule.get("Targets"))
                .singleElement()
                .satisfies(target -> assertThat(target.get("Arn").asText()).isEqualTo(stack.arn("CleanUpOrphans")));
        JsonNode permission = stack.properties("CleanUpOrphansPermission");
        assertThat(permission.get("FunctionName").asText()).isEqualTo(stack.reference("CleanUpOrphans"));
        assertThat(permission.get("Principal").asText()).isEqualTo("events.amazonaws.com");
        assertThat(permission.get("SourceArn").asText()).isEqualTo(stack.arn("CleanUpOrphansRule"));
    }

    @Test
    void the_function_accepts_what_the_rule_sends() {
        byte[] input = stack.properties("CleanUpOrphansRule")
                .at("/Targets/0/Input")
                .asText()
                .getBytes(UTF_8);

        assertThat(FunctionJson.readRequest(input, CleanUpOrphansRequest.class))
                .isEqualTo(new CleanUpOrphansRequest("ami-bakery", "us-east-1", List.of(), CleanUpMode.DELETE, 100));
    }

    @Test
    void every_document_of_the_repository_is_a_resource_with_its_very_content() {
        Map<String, JsonNode> documents = stack.ofType("AWS::SSM::Document");

        assertThat(documents).hasSize(10);
        assertThat(documents.values())
                .extracting(it -> it.get("Content"))
                .containsExactlyElementsOf(CommandDocument.all().stream()
                        .map(CommandDocument::tree)
                        .toList());
        assertThat(documents.values())
                .extracting(it -> it.get("Name").asText())
                .containsExactlyElementsOf(CommandDocument.all().stream()
                        .map(document -> "ami-bakery-"
                                + document.name().replace(".yaml", "").replace('/', '-'))
                        .toList());
        assertThat(documents.values()).allSatisfy(document -> {
            assertThat(document.get("DocumentType").asText()).isEqualTo("Command");
            assertThat(document.get("UpdateMethod").asText()).isEqualTo("NewVersion");
        });
    }

    @Test
    void the_bucket_is_the_same_when_it_is_made_alone() {
        Template alone = Template.bucketAlone();

        assertThat(alone.resources()).containsOnlyKeys("Bucket", "BucketPolicy");
        assertThat(template.resources()).containsAllEntriesOf(alone.resources());
        assertThat(alone.parameters()).isEqualTo(template.parameters());
        assertThat(alone.section("Conditions")).isEqualTo(template.section("Conditions"));
    }

    @Test
    void cloudformation_takes_the_bucket_in_a_call_and_the_whole_by_way_of_a_bucket() throws IOException {
        assertThat(Files.size(Template.run().resolve("bucket.yaml"))).isLessThan(51_200);
        assertThat(Files.size(Template.run().resolve("template.yaml"))).isBetween(51_200L, MOST_BYTES);
    }

    @Test
    void the_bucket_keeps_versions_encrypted_and_to_itself() {
        JsonNode bucket = stack.properties("Bucket");

        assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
        assertThat(bucket.at(
                                "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")
                        .asText())
                .isEqualTo("AES256");
        assertThat(bucket.get("PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allSatisfy(block -> assertThat(block.asBoolean()).isTrue());
        assertThat(bucket.at("/OwnershipControls/Rules/0/ObjectOwnership").asText())
                .isEqualTo("BucketOwnerEnforced");
        assertThat(bucket.has("BucketName")).isFalse();
    }

    @Test
    void nothing_can_connect_to_a_builder() {
        assertThat(stack.properties("BuilderSecurityGroup").get("SecurityGroupIngress"))
                .isEmpty();
        assertThat(template.resources().values())
                .extracting(resource -> resource.get("Type").asText())
                .doesNotContain("AWS::EC2::SecurityGroupIngress", "AWS::EC2::KeyPair");
    }

    /** EC2 refuses others only when the stack is created (AuthorizeSecurityGroupEgress, Description). */
    @Test
    void descriptions_of_the_security_group_have_letters_that_ec2_takes() {
        JsonNode group = stack.properties("BuilderSecurityGroup");
        Stream<String> descriptions = Stream.concat(
                Stream.of(group.get("GroupDescription").asText()),
                Stack.stream(group.get("SecurityGroupEgress"))
                        .map(rule -> rule.get("Description").asText()));

        assertThat(descriptions)
                .hasSizeGreaterThan(5)
                .allMatch(text -> text.matches("[A-Za-z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}"));
    }

    @Test
    void what_proves_and_what_is_kept_outlives_the_stack_and_nothing_else() {
        assertThat(template.resources().values()).allSatisfy(resource -> assertThat(resource.get("DeletionPolicy"))
                .isEqualTo(resource.get("UpdateReplacePolicy")));
        assertThat(template.resources().entrySet())
                .filteredOn(it -> it.getValue().get("DeletionPolicy").asText().equals("Retain"))
                .extracting(Map.Entry::getKey)
                .containsExactly("Bucket", "BucketPolicy", "CleanUpImagesLog", "CleanUpOrphansLog");
    }

    @Test
    void the_longest_name_of_a_stack_fits_everywhere() {
        Stack longest = Stack.of(template, "a".repeat(42), "ap-southeast-2", parameters());

        assertThat(longest.ofType("AWS::Lambda::Function").values())
                .extracting(it -> it.get("FunctionName").asText())
                .allMatch(name -> name.length() <= 64);
        assertThat(longest.ofType("AWS::SSM::Document").values())
                .extracting(it -> it.get("Name").asText())
                .allMatch(name -> name.matches("[a-zA-Z0-9_.-]{3,128}"));
    }

    @Test
    void every_parameter_is_explained_grouped_and_fits_its_own_rule() {
        List<String> grouped = Stack.stream(
                        template.tree().at("/Metadata/AWS::CloudFormation::Interface/ParameterGroups"))
                .flatMap(group -> Stack.texts(group.get("Parameters")).stream())
                .toList();

        assertThat(grouped)
                .containsExactlyInAnyOrderElementsOf(template.parameters().keySet());
        assertThat(template.parameters().values()).allSatisfy(parameter -> {
            assertThat(parameter.path("Description").asText()).isNotBlank();
            if (parameter.has("Default") && parameter.has("AllowedPattern")) {
                assertThat(parameter.get("Default").asText())
                        .matches(Pattern.compile(parameter.get("AllowedPattern").asText()));
            }
        });
    }

    @Test
    void a_role_for_the_worker_is_made_only_where_it_was_asked_for() {
        Stack onEc2 = Stack.with(Map.of("WorkerRunsOn", "EC2"));
        Stack onEcs = Stack.with(Map.of("WorkerRunsOn", "ECS"));

        assertThat(stack.ofType("AWS::IAM::Role")).doesNotContainKey("WorkerRole");
        assertThat(trusted(onEc2)).isEqualTo("ec2.amazonaws.com");
        assertThat(trusted(onEcs)).isEqualTo("ecs-tasks.amazonaws.com");
        assertThat(onEc2.ofType("AWS::IAM::InstanceProfile")).containsOnlyKeys("BuilderProfile", "WorkerProfile");
        assertThat(Stream.of(onEc2, onEcs)).allSatisfy(it -> assertThat(
                        Stack.texts(it.properties("WorkerRole").get("ManagedPolicyArns")))
                .containsExactlyInAnyOrder(it.reference("WorkerLaunchPolicy"), it.reference("WorkerCommandPolicy")));
    }

    private static String trusted(Stack stack) {
        return stack.ofType("AWS::IAM::Role")
                .get("WorkerRole")
                .at("/AssumeRolePolicyDocument/Statement/0/Principal/Service")
                .asText();
    }

    private static Map<String, String> parameters() {
        return Map.of(
                "Vpc", "vpc-0a1b2c3d4e5f67890", "Subnets", "subnet-0a1b2c3d4e5f67890", "FunctionsKey", "code.jar");
    }
}
