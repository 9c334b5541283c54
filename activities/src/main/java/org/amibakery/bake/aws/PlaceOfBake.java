package org.amibakery.bake.aws;

import io.temporal.failure.ApplicationFailure;
import org.amibakery.authored.InvalidInput;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.ErrorTable;
import org.amibakery.aws.TargetAccount;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.Installations;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Finds the installation with which a recipe is baked, and makes sure that the worker gets in, before anything is created. */
final class PlaceOfBake {
    private static final ErrorTable STS = ErrorTable.creating("STS");
    private static final ErrorTable SSM = ErrorTable.creating("SSM");
    private static final int FORBIDDEN = 403;

    private final Installations installations;
    private final AwsClients clients;

    PlaceOfBake(Installation home, AwsClients clients) {
        installations = new Installations(home, clients);
        this.clients = clients;
    }

    Installation of(Recipe recipe) {
        Region place = installations.place(recipe);
        recipe.account().ifPresent(account -> enter(place, account));
        try {
            return installations
                    .in(place)
                    .orElseThrow(() ->
                            PlanFailures.noStack(place, installations.home().stack()));
        } catch (InvalidInput unusable) {
            throw PlanFailures.unusableStack(place, unusable);
        } catch (SdkException refused) {
            throw SSM.failure("GetParameter", place, refused);
        }
    }

    private void enter(Region place, String account) {
        TargetAccount target = installations.home().accounts().stream()
                .filter(known -> known.id().equals(account))
                .findFirst()
                .orElseThrow(() -> PlanFailures.unknownAccount(
                        account, installations.home().accounts()));
        try {
            clients.sts(place).getCallerIdentity();
        } catch (StsException refused) {
            throw failure(place, target, refused);
        } catch (SdkException unanswered) {
            throw STS.failure("AssumeRole", place, unanswered);
        }
    }

    private static ApplicationFailure failure(Region place, TargetAccount target, StsException refused) {
        return refused.statusCode() == FORBIDDEN
                ? PlanFailures.roleRefused(target, refused)
                : STS.failure("AssumeRole", place, refused);
    }
}
