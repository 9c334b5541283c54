package org.amibakery.lambdas;

import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** What an error of a call that removes something means for the thing that was to go. */
public enum Refusal {
    /** It is not there any more, which is all that was wanted: a lost reply, or a second run of one Invoke. */
    GONE,
    /** Protection against deregistration, its cooldown of 24 h, or protection against termination. */
    PROTECTED,
    /** An image or a volume still holds the snapshot; EC2 lets go some minutes after a deregistration. */
    IN_USE,
    /** The role lacks a permission; a person must act. */
    FORBIDDEN,
    /** Too many calls or trouble inside AWS; passes by itself. */
    BUSY,
    /** No answer came, so it may be gone or not; the next run sees. */
    UNANSWERED,
    /** Anything else. */
    OTHER;

    /** Not InvalidInstanceID.NotFound: TerminateInstances answers it of an instance that runs, too, if it is new. */
    private static final Set<String> GONE_CODES = Set.of(
            "InvalidAMIID.NotFound",
            "InvalidAMIID.Unavailable",
            "InvalidSnapshot.NotFound",
            "InvalidVolume.NotFound",
            "InvalidNetworkInterfaceID.NotFound");

    private static final Set<String> IN_USE_CODES =
            Set.of("InvalidSnapshot.InUse", "VolumeInUse", "InvalidNetworkInterface.InUse");
    private static final Set<String> PROTECTED_CODES = Set.of("DeregistrationProtected", "OperationNotPermitted");
    private static final Set<String> FORBIDDEN_CODES = Set.of(
            "UnauthorizedOperation",
            "AccessDenied",
            "AccessDeniedException",
            "AuthFailure",
            "ExpiredToken",
            AwsCalls.HTTP_STATUS + 401,
            AwsCalls.HTTP_STATUS + 403);
    private static final Set<String> BUSY_CODES = Set.of(
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "InternalError",
            "InternalFailure",
            "ServiceUnavailable",
            "Unavailable",
            AwsCalls.HTTP_STATUS + 429);

    /** Reads an error of DeregisterImage or of one of the Delete calls; what it does not know is {@link #OTHER}. */
    public static Refusal of(SdkException error) {
        String code = AwsCalls.codeOf(error);
        if (code.equals(AwsCalls.NO_ANSWER)) {
            return UNANSWERED;
        }
        if (IN_USE_CODES.contains(code)
                || AwsCalls.messageOf(error).contains("is currently in use")) { // of interfaces, cloud-nuke#431
            return IN_USE;
        }
        if (GONE_CODES.contains(code)) {
            return GONE;
        }
        if (FORBIDDEN_CODES.contains(code)) {
            return FORBIDDEN;
        }
        if (BUSY_CODES.contains(code) || code.startsWith(AwsCalls.HTTP_STATUS + 5)) {
            return BUSY;
        }
        // EC2's API reference lists no code for the protection, hence the message too
        boolean speaksOfProtection =
                AwsCalls.messageOf(error).toLowerCase(Locale.ROOT).contains("deregistration protection");
        return PROTECTED_CODES.contains(code) || speaksOfProtection ? PROTECTED : OTHER;
    }

    /** Tells what follows from the refusal, as the end of a message. */
    public String advice(String operation) {
        return switch (this) {
            case FORBIDDEN ->
                String.format("Allow ec2:%s to the function's role; the next run tries again.", operation);
            case UNANSWERED -> "Whether it happened is unknown; the next run sees and tries again.";
            case IN_USE -> "Something still uses it; the next run tries again.";
            case BUSY -> "The next run tries again.";
            case GONE, PROTECTED, OTHER -> "The next run tries again; look at it in the console if this lasts.";
        };
    }
}
