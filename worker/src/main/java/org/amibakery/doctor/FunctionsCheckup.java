package org.amibakery.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Functions;
import org.amibakery.configuration.Installation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/** Examines the functions: deployed, ready, and open to the worker. */
final class FunctionsCheckup implements Checkup {
    private static final String SUBJECT = "function";

    private final AwsClients clients;
    private final Installation installation;

    FunctionsCheckup(AwsClients clients, Installation installation) {
        this.clients = clients;
        this.installation = installation;
    }

    @Override
    public List<Finding> examine() {
        Functions functions = installation.functions();
        List<Finding> findings = new ArrayList<>();
        if (functions.inProcess()) {
            findings.add(Finding.good(SUBJECT, "Workers run find-foundation-image and clean-up-images themselves."));
        } else {
            findings.add(needed(functions.findFoundationImage()));
            findings.add(needed(functions.cleanUpImages()));
        }
        findings.add(orphans(installation.stack() + "-clean-up-orphans"));
        return findings;
    }

    private Finding needed(String name) {
        LambdaClient lambda = clients.lambda(installation.region());
        try {
            FunctionConfiguration function =
                    lambda.getFunction(ask -> ask.functionName(name)).configuration();
            if (function.state() != State.ACTIVE && function.state() != State.INACTIVE) {
                return Finding.broken(
                        SUBJECT,
                        "%s is %s: %s.".formatted(name, function.stateAsString(), function.stateReason()),
                        "Look at it in the Lambda console, or deploy the stack again.");
            }
        } catch (ResourceNotFoundException absent) {
            return Finding.broken(
                    SUBJECT,
                    "There is no %s in %s.".formatted(name, installation.region()),
                    "Deploy the stack (docs/install.md), correct functions in the configuration, or set functions.inProcess: true.");
        } catch (SdkException refused) {
            return AwsAnswers.refused(SUBJECT, "lambda:GetFunction of " + name, refused);
        }
        Optional<SdkException> refusal = AwsAnswers.refusal(
                () -> lambda.invoke(ask -> ask.functionName(name).invocationType(InvocationType.DRY_RUN)));
        return refusal.map(refused -> AwsAnswers.refused(SUBJECT, "lambda:InvokeFunction of " + name, refused))
                .orElseGet(() -> Finding.good(SUBJECT, "%s is ready, and may be invoked.".formatted(name)));
    }

    /** Nothing of ours invokes it, so bakes work without. */
    private Finding orphans(String name) {
        Optional<SdkException> refusal = AwsAnswers.refusal(
                () -> clients.lambda(installation.region()).getFunction(ask -> ask.functionName(name)));
        if (refusal.isEmpty()) {
            return Finding.good(SUBJECT, "%s removes what outlives an outage of Temporal.".formatted(name));
        }
        return refusal.get() instanceof ResourceNotFoundException
                ? Finding.warning(
                        SUBJECT,
                        "There is no %s in %s, so only the reaper removes what is left behind."
                                .formatted(name, installation.region()),
                        "Deploy the stack: docs/install.md.")
                : Finding.untried(
                        SUBJECT,
                        "Whether %s is there is unknown: %s.".formatted(name, AwsAnswers.words(refusal.get())),
                        "Bakes do not need to know; allow lambda:GetFunction to whoever runs the doctor.");
    }
}
