package org.amibakery.doctor;

import java.util.List;
import java.util.Optional;
import org.amibakery.authored.InvalidInput;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.TargetAccount;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Installations;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.core.exception.SdkException;

/** Examines whether the worker gets into each of the other accounts, and whether the stack is there at home's region. */
final class AccountsCheckup implements Checkup {
    private final AwsClients clients;
    private final Installation home;

    AccountsCheckup(AwsClients clients, Installation home) {
        this.clients = clients;
        this.home = home;
    }

    @Override
    public List<Finding> examine() {
        Installations installations = new Installations(home, clients);
        return home.accounts().stream()
                .map(account -> entered(account, installations))
                .toList();
    }

    private Finding entered(TargetAccount account, Installations installations) {
        String subject = "account " + account.id();
        Region place = new Region(home.region().name(), Optional.of(account.id()));
        String caller;
        try {
            caller = clients.sts(place).getCallerIdentity().arn();
        } catch (SdkException refused) {
            return Finding.broken(
                    subject,
                    "The role %s cannot be assumed: %s.".formatted(account.role(), AwsAnswers.words(refused)),
                    "Compare its trust policy with the worker's role and external id, and allow the worker sts:AssumeRole on it (docs/accounts.md).");
        }
        return furnished(subject, place, caller, installations);
    }

    private Finding furnished(String subject, Region place, String caller, Installations installations) {
        String parameter = Installation.parameterOf(home.stack());
        try {
            return installations.in(place).isPresent()
                    ? Finding.good(
                            subject,
                            "Bakes act there as %s; %s has the configuration of %s."
                                    .formatted(caller, parameter, place.name()))
                    : Finding.warning(
                            subject,
                            "There is no %s in %s.".formatted(parameter, place),
                            "Deploy the stack %s there, unless its recipes are of other regions."
                                    .formatted(home.stack()));
        } catch (InvalidInput unusable) {
            return Finding.broken(
                    subject,
                    "%s in %s cannot be used: %s".formatted(parameter, place, unusable.getMessage()),
                    "Update the stack there, or correct the parameter (docs/configuration.md).");
        } catch (SdkException refused) {
            return AwsAnswers.refused(subject, "ssm:GetParameter", refused);
        }
    }
}
