package org.amibakery.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.amibakery.failure.Blame;
import org.amibakery.failure.Reaction;
import org.amibakery.failure.Refusal;
import org.amibakery.recipe.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns AWS errors of one kind of call into Temporal failures, by rules that are data. The first rule that fits wins;
 * a code without a rule is retried until the step's own limit, and logged so that it gets one.
 *
 * <p>The failure's type is the AWS code, its detail a {@link Refusal}, its message a sentence for people.
 */
public final class ErrorTable {
    private static final Logger log = LoggerFactory.getLogger(ErrorTable.class);

    private final String service;
    private final List<ErrorRule> rules;
    private final Supplier<Attempt> attempts;

    private ErrorTable(String service, List<ErrorRule> rules, Supplier<Attempt> attempts) {
        this.service = requireNonNull(service, "service");
        this.rules = List.copyOf(rules);
        this.attempts = requireNonNull(attempts, "attempts");
    }

    /** A table of these rules alone; the service is named as people know it, such as {@code EC2}. */
    public static ErrorTable of(String service, ErrorRule... rules) {
        return new ErrorTable(service, List.of(rules), Attempt::current);
    }

    /** A table of these rules, then those that hold for any call that makes or reads something. */
    public static ErrorTable creating(String service, ErrorRule... rules) {
        return of(service, rules).followedBy(CommonErrors.CREATING);
    }

    /** A table of these rules, then those that hold for any call that cleans up: they never give up. */
    public static ErrorTable cleaningUp(String service, ErrorRule... rules) {
        return of(service, rules).followedBy(CommonErrors.CLEANING_UP);
    }

    /** This table with more rules behind its own. */
    public ErrorTable followedBy(List<ErrorRule> more) {
        List<ErrorRule> all = new ArrayList<>(rules);
        all.addAll(more);
        return new ErrorTable(service, all, attempts);
    }

    /** This table for an attempt whose time does not count from when the activity was scheduled. */
    public ErrorTable at(Attempt attempt) {
        return new ErrorTable(service, rules, () -> attempt);
    }

    /** The rules in the order they are tried. */
    public List<ErrorRule> rules() {
        return rules;
    }

    /**
     * Makes a call whose answer is needed.
     *
     * @param operation the AWS operation, such as {@code RunInstances}
     * @throws ApplicationFailure with a {@link Refusal}, when AWS refused or did not answer
     */
    public <R> R guard(String operation, Region region, Supplier<R> call) {
        try {
            return call.get();
        } catch (SdkException error) {
            throw failure(operation, region, error);
        }
    }

    /**
     * Makes a call for its effect alone, and returns also where AWS says that the effect is there already.
     *
     * @throws ApplicationFailure with a {@link Refusal}, when AWS refused or did not answer
     */
    public void perform(String operation, Region region, Runnable call) {
        try {
            call.run();
        } catch (SdkException error) {
            ErrorRule rule = ruleFor(operation, AwsAnswer.of(error));
            if (rule.reactionAt(attempts.get()) != Reaction.ALREADY_DONE) {
                throw failure(operation, region, error);
            }
        }
    }

    /** The failure that an AWS error of this operation becomes. */
    public ApplicationFailure failure(String operation, Region region, SdkException error) {
        AwsAnswer answer = AwsAnswer.of(error);
        Attempt attempt = attempts.get();
        ErrorRule rule = ruleFor(operation, answer);
        Reaction reaction = rule.reactionAt(attempt);
        ApplicationFailure failure = ApplicationFailure.newBuilder()
                .setType(answer.code())
                .setMessage(message(operation, region, answer, rule))
                .setDetails(new Refusal(operation, answer.code(), reaction, rule.blame()))
                .setNonRetryable(!isRetried(reaction))
                .setNextRetryDelay(pause(rule, attempt))
                .build();
        failure.setStackTrace(new StackTraceElement[0]); // history is paid for by the byte, and the message says it all
        return failure;
    }

    private ErrorRule ruleFor(String operation, AwsAnswer answer) {
        Optional<ErrorRule> listed =
                rules.stream().filter(rule -> rule.fits(answer)).findFirst();
        if (listed.isEmpty() && answer.wasGiven() && !answer.isServerError()) {
            log.warn(
                    "AWS answered a code without a rule; it is retried until the step's limit"
                            + " service={} operation={} code={} message={}",
                    service,
                    operation,
                    answer.code(),
                    answer.message());
        }
        return listed.orElseGet(() -> unlisted(answer));
    }

    private static ErrorRule unlisted(AwsAnswer answer) {
        ErrorRule retried = ErrorRule.on(answer.code(), Reaction.BACK_OFF);
        return answer.wasGiven() && !answer.isServerError() ? retried.blaming(Blame.BAKERY) : retried;
    }

    private String message(String operation, Region region, AwsAnswer answer, ErrorRule rule) {
        String remedy = rule.remedy().replace("{action}", service.toLowerCase(Locale.ROOT) + ":" + operation);
        String told = answer.wasGiven()
                ? "%s answered %s in %s (%s): %s."
                        .formatted(service, answer.code(), region, operation, answer.message())
                : "%s gave no answer in %s (%s): %s.".formatted(service, region, operation, answer.message());
        return told + " " + remedy;
    }

    private static Duration pause(ErrorRule rule, Attempt attempt) {
        return rule.pause().map(Backoff::scattered).orElseGet(() -> Backoff.after(attempt.number()));
    }

    static boolean isRetried(Reaction reaction) {
        return switch (reaction) {
            case BACK_OFF, NOT_VISIBLE_YET, RETRY_SLOWLY -> true;
            case NEXT_CANDIDATE, RELAUNCH, FIND_FOUNDATION_AGAIN, ALREADY_DONE, GIVE_UP -> false;
        };
    }
}
