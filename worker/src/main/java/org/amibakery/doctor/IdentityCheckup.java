package org.amibakery.doctor;

import java.util.List;
import org.amibakery.aws.AwsClients;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Examines who this is for AWS. */
final class IdentityCheckup implements Checkup {
    private final AwsClients clients;
    private final Region region;

    IdentityCheckup(AwsClients clients, Region region) {
        this.clients = clients;
        this.region = region;
    }

    @Override
    public List<Finding> examine() {
        try {
            GetCallerIdentityResponse caller = clients.sts(region).getCallerIdentity();
            return List.of(Finding.good(
                    "identity", "AWS takes this for %s of account %s.".formatted(caller.arn(), caller.account())));
        } catch (SdkException refused) {
            return List.of(
                    Finding.broken(
                            "identity",
                            "AWS does not say who this is: %s.".formatted(AwsAnswers.words(refused)),
                            "Check the credentials (aws sts get-caller-identity), the region, AWS_ENDPOINT_URL and the clock (date -u)."));
        }
    }
}
