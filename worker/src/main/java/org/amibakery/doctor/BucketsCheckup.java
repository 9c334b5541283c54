package org.amibakery.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Examines the buckets: the one of playbooks, which must be versioned, and the one of outputs. */
final class BucketsCheckup implements Checkup {
    private static final String SUBJECT = "bucket";

    private final AwsClients clients;
    private final Installation installation;

    BucketsCheckup(AwsClients clients, Installation installation) {
        this.clients = clients;
        this.installation = installation;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        S3Client s3 = clients.s3(installation.region());
        installation.playbookBucket().ifPresent(bucket -> findings.add(playbooks(s3, bucket)));
        installation
                .outputBucket()
                .ifPresentOrElse(
                        bucket ->
                                findings.add(there(s3, bucket, "Whole outputs of commands go to %s.", "output.bucket")),
                        () -> findings.add(Finding.warning(
                                SUBJECT,
                                "No bucket keeps outputs, so of each command only the first 24,000 characters are.",
                                "Name one in output.bucket.")));
        return findings;
    }

    private static Finding playbooks(S3Client s3, String bucket) {
        Finding there = there(s3, bucket, "Playbooks come from %s, which is versioned.", "playbooks.bucket");
        if (there.verdict() != Verdict.GOOD) {
            return there;
        }
        try {
            return s3.getBucketVersioning(ask -> ask.bucket(bucket)).status() == BucketVersioningStatus.ENABLED
                    ? there
                    : Finding.broken(
                            SUBJECT,
                            "%s is not versioned, so no bake can fix which playbook it runs.".formatted(bucket),
                            "aws s3api put-bucket-versioning --versioning-configuration Status=Enabled --bucket %s; then upload the playbooks again."
                                    .formatted(bucket));
        } catch (SdkException refused) {
            return Finding.untried(
                    SUBJECT,
                    "Whether %s is versioned is unknown: %s.".formatted(bucket, AwsAnswers.words(refused)),
                    "Bakes do not need to know; allow s3:GetBucketVersioning to whoever runs the doctor.");
        }
    }

    private static Finding there(S3Client s3, String bucket, String good, String key) {
        Optional<SdkException> refusal = AwsAnswers.refusal(() -> s3.headBucket(ask -> ask.bucket(bucket)));
        if (refusal.isEmpty()) {
            return Finding.good(SUBJECT, good.formatted(bucket));
        }
        return refusal.get() instanceof NoSuchBucketException
                ? Finding.broken(
                        SUBJECT,
                        "There is no bucket %s.".formatted(bucket),
                        "Correct %s in the configuration, or deploy the stack.".formatted(key))
                : AwsAnswers.refused(SUBJECT, "s3:ListBucket of " + bucket, refusal.get());
    }
}
