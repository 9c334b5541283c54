package org.amibakery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.recipe.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class ErrorTableTest {
    private static final Region REGION = new Region("eu-west-1");
    private static final Map<String, ErrorTable> TABLES = Map.ofEntries(
            Map.entry("LAUNCH", Ec2Errors.LAUNCH),
            Map.entry("DESCRIBE", Ec2Errors.DESCRIBE),
            Map.entry("STOP", Ec2Errors.STOP),
            Map.entry("CREATE_IMAGE", Ec2Errors.CREATE_IMAGE),
            Map.entry("TAG", Ec2Errors.TAG),
            Map.entry("TERMINATE", Ec2Errors.TERMINATE),
            Map.entry("DESCRIBE_FOR_CLEANUP", Ec2Errors.DESCRIBE_FOR_CLEANUP),
            Map.entry("DELETE_VOLUME", Ec2Errors.DELETE_VOLUME),
            Map.entry("DEREGISTER", Ec2Errors.DEREGISTER),
            Map.entry("DELETE_SNAPSHOT", Ec2Errors.DELETE_SNAPSHOT),
            Map.entry("MODIFY_IMAGE", Ec2Errors.MODIFY_IMAGE),
            Map.entry("COPY_IMAGE", Ec2Errors.COPY_IMAGE),
            Map.entry("SSM_PUT_PARAMETER", SsmErrors.PUT_PARAMETER),
            Map.entry("SSM_READ", SsmErrors.READ),
            Map.entry("SSM_READ_INVOCATION", SsmErrors.READ_INVOCATION),
            Map.entry("SSM_SEND", SsmErrors.SEND),
            Map.entry("INVOKE", LambdaErrors.INVOKE));

    @ParameterizedTest
    @CsvSource({
        "LAUNCH, InsufficientInstanceCapacity, '', NEXT_CANDIDATE, AWS",
        "LAUNCH, InsufficientHostCapacity, '', NEXT_CANDIDATE, AWS",
        "LAUNCH, Unsupported, '', NEXT_CANDIDATE, RECIPE_AUTHOR",
        "LAUNCH, RequestLimitExceeded, '', BACK_OFF, AWS",
        "LAUNCH, InvalidParameterValue, Value (x) for parameter iamInstanceProfile.name is invalid. Invalid IAM"
                + " Instance Profile name, NOT_VISIBLE_YET, ACCOUNT_OWNER",
        "LAUNCH, InvalidParameterValue, Invalid volume size, GIVE_UP, RECIPE_AUTHOR",
        "LAUNCH, VcpuLimitExceeded, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "LAUNCH, InstanceLimitExceeded, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "LAUNCH, InsufficientFreeAddressesInSubnet, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "LAUNCH, InvalidAMIID.Unavailable, '', FIND_FOUNDATION_AGAIN, AWS",
        "LAUNCH, IdempotentInstanceTerminated, '', RELAUNCH, AWS",
        "LAUNCH, UnauthorizedOperation, '', GIVE_UP, ACCOUNT_OWNER",
        "LAUNCH, ExpiredToken, '', BACK_OFF, ACCOUNT_OWNER",
        "LAUNCH, RequestExpired, '', BACK_OFF, ACCOUNT_OWNER",
        "LAUNCH, AuthFailure, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "DESCRIBE, UnauthorizedOperation, '', GIVE_UP, ACCOUNT_OWNER",
        "DESCRIBE, RequestLimitExceeded, '', BACK_OFF, AWS",
        "STOP, InvalidInstanceID.NotFound, '', NOT_VISIBLE_YET, AWS",
        "STOP, IncorrectInstanceState, '', ALREADY_DONE, AWS",
        "CREATE_IMAGE, SnapshotLimitExceeded, '', GIVE_UP, ACCOUNT_OWNER",
        "CREATE_IMAGE, ConcurrentSnapshotLimitExceeded, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "CREATE_IMAGE, SnapshotCreationPerVolumeRateExceeded, '', RETRY_SLOWLY, AWS",
        "CREATE_IMAGE, InvalidParameterValue, Instance is not in state 'running' or 'stopped', BACK_OFF, AWS",
        "CREATE_IMAGE, InvalidParameterValue, description is too long, GIVE_UP, RECIPE_AUTHOR",
        "CREATE_IMAGE, InvalidAMIName.Duplicate, '', GIVE_UP, RECIPE_AUTHOR",
        "TAG, InvalidAMIID.NotFound, '', NOT_VISIBLE_YET, AWS",
        "TERMINATE, InvalidInstanceID.NotFound, '', NOT_VISIBLE_YET, AWS",
        "TERMINATE, UnauthorizedOperation, '', BACK_OFF, ACCOUNT_OWNER",
        "TERMINATE, OperationNotPermitted, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "TERMINATE, AuthFailure, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "DESCRIBE_FOR_CLEANUP, UnauthorizedOperation, '', BACK_OFF, ACCOUNT_OWNER",
        "DELETE_VOLUME, InvalidVolume.NotFound, '', ALREADY_DONE, AWS",
        "DEREGISTER, InvalidAMIID.NotFound, '', ALREADY_DONE, AWS",
        "DEREGISTER, InvalidAMIID.Unavailable, '', ALREADY_DONE, AWS",
        "DEREGISTER, OperationNotPermitted, '', GIVE_UP, ACCOUNT_OWNER",
        "DELETE_SNAPSHOT, InvalidSnapshot.InUse, '', BACK_OFF, ACCOUNT_OWNER",
        "MODIFY_IMAGE, OperationNotPermitted, '', GIVE_UP, ACCOUNT_OWNER",
        "MODIFY_IMAGE, InvalidAMIID.NotFound, '', NOT_VISIBLE_YET, AWS",
        "MODIFY_IMAGE, InvalidAMIAttributeItemValue, '', GIVE_UP, RECIPE_AUTHOR",
        "COPY_IMAGE, InvalidAMIName.Duplicate, '', GIVE_UP, ACCOUNT_OWNER",
        "COPY_IMAGE, ResourceLimitExceeded, '', RETRY_SLOWLY, ACCOUNT_OWNER",
        "COPY_IMAGE, RequestLimitExceeded, '', BACK_OFF, AWS",
        "COPY_IMAGE, OptInRequired, '', GIVE_UP, ACCOUNT_OWNER",
        "SSM_PUT_PARAMETER, TooManyUpdates, '', BACK_OFF, AWS",
        "SSM_PUT_PARAMETER, ParameterLimitExceeded, '', GIVE_UP, ACCOUNT_OWNER",
        "SSM_PUT_PARAMETER, HierarchyTypeMismatchException, '', GIVE_UP, RECIPE_AUTHOR",
        "SSM_READ, ThrottlingException, '', BACK_OFF, AWS",
        "SSM_READ_INVOCATION, InvocationDoesNotExist, '', NOT_VISIBLE_YET, AWS",
        "SSM_SEND, InvalidInstanceId, '', NOT_VISIBLE_YET, AWS",
        "SSM_SEND, InvalidDocument, '', GIVE_UP, ACCOUNT_OWNER",
        "SSM_SEND, AccessDeniedException, '', GIVE_UP, ACCOUNT_OWNER",
        "INVOKE, TooManyRequestsException, '', BACK_OFF, AWS",
        "INVOKE, ResourceNotFoundException, '', GIVE_UP, ACCOUNT_OWNER",
    })
    void each_code_leads_to_its_reaction(String table, String code, String said, Reaction reaction, Blame blame) {
        ApplicationFailure failure = TABLES.get(table).failure("Operation", REGION, answer(400, code, said));

        assertThat(failure.getType()).isEqualTo(code);
        assertThat(failure.getDetails().get(Refusal.class)).isEqualTo(new Refusal("Operation", code, reaction, blame));
        assertThat(failure.isNonRetryable()).isEqualTo(!ErrorTable.isRetried(reaction));
        assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.UNSPECIFIED);
    }

    static Stream<ErrorTable> cleanups() {
        return Stream.of(Ec2Errors.TERMINATE, Ec2Errors.DESCRIBE_FOR_CLEANUP, Ec2Errors.DELETE_VOLUME);
    }

    @ParameterizedTest
    @MethodSource("cleanups")
    void the_end_of_a_builder_is_never_given_up(ErrorTable table) {
        assertThat(table.rules())
                .allSatisfy(rule -> assertThat(rule.reaction()).isNotEqualTo(Reaction.GIVE_UP))
                .allSatisfy(rule -> assertThat(rule.bound().isPresent() ? rule.afterwards() : Reaction.BACK_OFF)
                        .isNotEqualTo(Reaction.GIVE_UP));
    }

    static Stream<ErrorTable> tables() {
        return TABLES.values().stream();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void an_unlisted_code_is_retried(ErrorTable table) {
        ApplicationFailure failure = table.failure("Operation", REGION, answer(400, "NeverHeardOf", "What?"));
        assertThat(failure.getType()).isEqualTo("NeverHeardOf");
        assertThat(failure.isNonRetryable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void a_server_error_is_retried(ErrorTable table) {
        assertThat(table.failure("Operation", REGION, answer(503, "Whatever", "Busy"))
                        .isNonRetryable())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void a_rule_that_ends_a_step_tells_people_what_to_do(ErrorTable table) {
        assertThat(table.rules())
                .filteredOn(rule -> rule.reaction() == Reaction.GIVE_UP)
                .extracting(ErrorRule::remedy)
                .noneMatch(remedy -> remedy.startsWith("It is retried"));
    }

    @Test
    void the_message_says_what_happened_where_and_what_to_do() {
        SdkException error = answer(400, "SnapshotLimitExceeded", "Maximum allowed snapshots exceeded.");
        assertThat(Ec2Errors.CREATE_IMAGE.failure("CreateImage", REGION, error).getOriginalMessage())
                .isEqualTo("EC2 answered SnapshotLimitExceeded in eu-west-1 (CreateImage): Maximum allowed snapshots"
                        + " exceeded. Raise the snapshot quota or delete snapshots, then bake again.");
    }

    @Test
    void a_denied_call_names_the_action_to_allow() {
        ApplicationFailure failure =
                Ec2Errors.LAUNCH.failure("RunInstances", REGION, answer(403, "UnauthorizedOperation", "No."));
        assertThat(failure.getOriginalMessage()).contains("Allow ec2:RunInstances to the worker's role");
    }

    @Test
    void no_answer_is_ambiguous_and_so_retried() {
        SdkException lost = SdkClientException.create("Unable to unmarshall response");
        ApplicationFailure failure = Ec2Errors.LAUNCH.failure("RunInstances", REGION, lost);
        assertThat(failure.getType()).isEqualTo("NoAnswer");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getDetails().get(Refusal.class).reaction()).isEqualTo(Reaction.BACK_OFF);
    }

    @Test
    void an_endpoint_where_nothing_listens_is_named() {
        SdkException refused = SdkClientException.create(
                "Unable to execute HTTP request: Connect to http://127.0.0.1:9 failed",
                new ConnectException("refused"));
        ApplicationFailure failure = Ec2Errors.DESCRIBE.failure("DescribeInstances", REGION, refused);
        assertThat(failure.getType()).isEqualTo("EndpointUnreachable");
        assertThat(failure.getOriginalMessage()).contains("127.0.0.1:9").contains("AWS_ENDPOINT_URL");
    }

    @Test
    void missing_credentials_are_called_so() {
        SdkException none = SdkClientException.create("Unable to load credentials from any of the providers");
        ApplicationFailure failure = Ec2Errors.DESCRIBE.failure("DescribeInstances", REGION, none);
        assertThat(failure.getType()).isEqualTo("NoCredentials");
        assertThat(failure.getOriginalMessage()).contains("AWS_PROFILE");
    }

    @Test
    void a_goal_that_is_reached_already_is_no_failure() {
        assertThatCode(() -> Ec2Errors.DEREGISTER.perform("DeregisterImage", REGION, () -> {
                    throw answer(400, "InvalidAMIID.Unavailable", "Gone");
                }))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Ec2Errors.DEREGISTER.perform("DeregisterImage", REGION, () -> {
                    throw answer(400, "RequestLimitExceeded", "Slow down");
                }))
                .isInstanceOf(ApplicationFailure.class);
    }

    @Test
    void a_bounded_rule_leads_elsewhere_past_its_bound() {
        ErrorRule rule = ErrorRule.on("Code", Reaction.NOT_VISIBLE_YET).within(Duration.ofMinutes(3));
        Instant since = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(rule.reactionAt(new Attempt(9, since, since.plusSeconds(180))))
                .isEqualTo(Reaction.NOT_VISIBLE_YET);
        assertThat(rule.reactionAt(new Attempt(9, since, since.plusSeconds(181))))
                .isEqualTo(Reaction.GIVE_UP);
        assertThat(rule.then(Reaction.ALREADY_DONE).reactionAt(new Attempt(9, since, since.plusSeconds(181))))
                .isEqualTo(Reaction.ALREADY_DONE);
    }

    @Test
    void a_retry_waits_as_its_rule_says_less_up_to_a_half() {
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> Ec2Errors.CREATE_IMAGE.guard("CreateImage", REGION, () -> {
                    throw answer(400, "SnapshotCreationPerVolumeRateExceeded", "Too fast");
                }));
        assertThat(failure.getNextRetryDelay()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    private static SdkException answer(int status, String code, String message) {
        return Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
