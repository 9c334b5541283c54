package org.amibakery.bake.aws;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.ErrorTable;
import org.amibakery.recipe.Playbook;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Fixes which content of a playbook's archive a bake runs: its newest version now, and that version's digest. */
final class PlaybookArchives {
    /** S3 names the region of a bucket in this header when it is asked in another, also for HEAD, which has no body. */
    private static final String BUCKET_REGION = "x-amz-bucket-region";

    /** What can be read well within the minute that planning has. */
    private static final long MOST_BYTES_TO_DIGEST = 256L * 1024 * 1024;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final ErrorTable READ = ErrorTable.creating("S3");

    /** A version's content never changes; a day covers what a window bakes of it, and forgets what nobody bakes. */
    private static final Duration DIGESTS_REMEMBERED_FOR = Duration.ofDays(1);

    private final AwsClients clients;
    private final Remembered<ArchiveVersion, String> digests;

    PlaybookArchives(AwsClients clients, Clock clock) {
        this.clients = clients;
        digests = new Remembered<>(DIGESTS_REMEMBERED_FOR, clock);
    }

    /** Pins the playbook's archive. The bucket is looked for in the bake's region, then wherever S3 says it is. */
    PinnedPlaybook pin(Region bakeRegion, Playbook playbook) {
        S3Address address = S3Address.parse(playbook.source());
        try {
            return pinWhereverItIs(bakeRegion, playbook, address);
        } catch (S3Exception refused) {
            throw switch (refused.statusCode()) {
                case NOT_FOUND -> PlanFailures.noArchive(address);
                case FORBIDDEN -> PlanFailures.archiveDenied(address);
                default -> READ.failure("HeadObject", bakeRegion, refused);
            };
        } catch (SdkException unanswered) {
            throw READ.failure("HeadObject", bakeRegion, unanswered);
        }
    }

    private PinnedPlaybook pinWhereverItIs(Region bakeRegion, Playbook playbook, S3Address address) {
        try {
            return pinIn(bakeRegion, playbook, address);
        } catch (S3Exception refused) {
            Region home = bucketRegion(refused)
                    .filter(other -> !other.name().equals(bakeRegion.name()))
                    .orElseThrow(() -> refused);
            return pinIn(bakeRegion.sibling(home.name()), playbook, address);
        }
    }

    private static Optional<Region> bucketRegion(S3Exception error) {
        return Optional.ofNullable(error.awsErrorDetails().sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader(BUCKET_REGION))
                .map(Region::new);
    }

    private PinnedPlaybook pinIn(Region region, Playbook playbook, S3Address address) {
        S3Client s3 = clients.s3(region);
        HeadObjectResponse head = s3.headObject(newest(address));
        String version = Optional.ofNullable(head.versionId())
                .filter(id -> !id.equals("null")) // put there before the bucket was versioned
                .orElseThrow(() -> PlanFailures.archiveNotVersioned(address));
        String sha256 = storedDigest(head)
                .orElseGet(() -> digests.get(new ArchiveVersion(address, version), () -> digest(s3, address, head)));
        return new PinnedPlaybook(playbook, region, address, version, sha256);
    }

    private static HeadObjectRequest newest(S3Address address) {
        return HeadObjectRequest.builder()
                .bucket(address.bucket())
                .key(address.key())
                .checksumMode(ChecksumMode.ENABLED)
                .build();
    }

    /** Only of the whole content: the checksum of a multipart upload is one of its parts' and ends in their number. */
    private static Optional<String> storedDigest(HeadObjectResponse head) {
        return Optional.ofNullable(head.checksumSHA256())
                .filter(checksum -> !checksum.contains("-"))
                .map(checksum -> HexFormat.of().formatHex(Base64.getDecoder().decode(checksum)));
    }

    private static String digest(S3Client s3, S3Address address, HeadObjectResponse head) {
        if (head.contentLength() > MOST_BYTES_TO_DIGEST) {
            throw PlanFailures.archiveTooBig(address, MOST_BYTES_TO_DIGEST);
        }
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(address.bucket())
                .key(address.key())
                .versionId(head.versionId())
                .build();
        return s3.getObject(request, new Sha256OfContent());
    }

    /** Content that cannot change. */
    private record ArchiveVersion(S3Address address, String versionId) {}
}
