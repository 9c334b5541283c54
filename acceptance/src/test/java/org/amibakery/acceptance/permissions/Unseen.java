package org.amibakery.acceptance.permissions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amibakery.acceptance.documents.CommandDocument;
import org.amibakery.acceptance.infrastructure.Stack;

/** What is called in somebody's name that no simulator sees: by scripts on builders, by the SSM agent, by Lambda. */
final class Unseen {
    /** What the agent calls for Run Command (AWS's policy AmazonSSMManagedInstanceCore, without what belongs to other features). */
    private static final List<String> MESSAGES = List.of(
            "ec2messages:AcknowledgeMessage",
            "ec2messages:DeleteMessage",
            "ec2messages:FailMessage",
            "ec2messages:GetEndpoint",
            "ec2messages:GetMessages",
            "ec2messages:SendReply",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel");

    private static final Pattern CLI_CALL = Pattern.compile("\\baws (s3api|s3|ec2|ssm|sts) ([a-z-]+)");

    /** What each call of the aws CLI in a script needs; get-object is always made with --version-id. */
    private static final Map<String, String> OF_SCRIPTS = Map.of("s3api get-object", "s3:GetObjectVersion");

    private Unseen() {}

    static Stream<Need> needs(Principal principal, Stack stack) {
        return switch (principal) {
            case WORKER -> Stream.of(Need.of("s3:ListBucket", stack.arn("Bucket"))); // or what is missing looks denied
            case BUILDER -> Stream.concat(ofAgent(stack), ofScripts(stack));
            case FIND_FOUNDATION_IMAGE -> Needs.ofLogging(stack, "FindFoundationImage");
            case CLEAN_UP_IMAGES -> Needs.ofLogging(stack, "CleanUpImages");
            case CLEAN_UP_ORPHANS -> Needs.ofLogging(stack, "CleanUpOrphans");
        };
    }

    private static Stream<Need> ofAgent(Stack stack) {
        Stream<Need> messages = MESSAGES.stream().map(action -> Need.of(action, "*"));
        return Stream.concat(
                messages,
                Stream.of(
                        Need.of("ssm:UpdateInstanceInformation", World.arn(Stack.REGION, "i-0a1b2c3d4e5f67890")),
                        // the command's id, the builder's and the document's plugin follow (amazon-ssm-agent,
                        // agent/s3util)
                        Need.of(
                                "s3:PutObject",
                                stack.arn("Bucket") + "/ami-bakery/commands/0a1b/i-0a1b/awsrunShellScript/stdout")));
    }

    private static Stream<Need> ofScripts(Stack stack) {
        return callsOfScripts().stream()
                .map(call -> Need.of(OF_SCRIPTS.get(call), stack.arn("Bucket") + "/playbooks/base.zip"));
    }

    /** The calls of the aws CLI in the documents' scripts; an unknown one fails, as nobody knows what it needs. */
    static Set<String> callsOfScripts() {
        Set<String> calls = CommandDocument.all().stream()
                .flatMap(document -> document.scripts().stream())
                .flatMap(script ->
                        CLI_CALL.matcher(script.toLowerCase(Locale.ROOT)).results())
                .map(Unseen::call)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!OF_SCRIPTS.keySet().containsAll(calls)) {
            throw new AssertionError("It is not known what a builder needs for one of " + calls
                    + ": write it here, and allow it" + " in the template.");
        }
        return calls;
    }

    private static String call(MatchResult found) {
        return found.group(1) + " " + found.group(2);
    }
}
