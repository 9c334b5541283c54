package org.amibakery.doctor;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.amibakery.lambdas.AwsCalls;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks AWS, and turns what it refuses into findings. */
final class AwsAnswers {
    private static final Set<String> DENIALS = Set.of(
            "UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "AuthorizationError", "Forbidden", "403");

    /** What a dry run is answered that would have succeeded. */
    private static final String WOULD_SUCCEED = "DryRunOperation";

    /** Where permissions are, as a clause. */
    static final String POLICIES =
            "the two policies among the stack's outputs, WorkerLaunchPolicyArn and WorkerCommandPolicyArn, have all of it";

    private AwsAnswers() {}

    /** Returns the refusal of a call, or nothing if it succeeded, be it in a dry run. */
    static Optional<SdkException> refusal(Supplier<?> call) {
        try {
            var unused = call.get();
            return Optional.empty();
        } catch (SdkException refused) {
            return AwsCalls.codeOf(refused).equals(WOULD_SUCCEED) ? Optional.empty() : Optional.of(refused);
        }
    }

    static boolean isDenial(SdkException refused) {
        return DENIALS.contains(AwsCalls.codeOf(refused));
    }

    /** What AWS said, as a clause. */
    static String words(SdkException refused) {
        return "AWS answered %s (%s)".formatted(AwsCalls.codeOf(refused), AwsCalls.messageOf(refused));
    }

    /** A finding about a call that was refused: for want of a permission, or for another reason that a person must see. */
    static Finding refused(String subject, String action, SdkException refused) {
        return isDenial(refused)
                ? Finding.broken(
                        subject,
                        "%s is denied: %s.".formatted(action, words(refused)),
                        "Allow %s to the role that runs this: %s.".formatted(action, POLICIES))
                : Finding.untried(
                        subject,
                        "%s could not be tried: %s.".formatted(action, words(refused)),
                        "Try again; check the region and the network if it lasts.");
    }
}
