package org.amibakery.simulator.s3;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;

/** Answers the calls about buckets themselves. */
final class BucketCalls {
    private static final String FIRST_REGION = "us-east-1";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private final BucketAccess access;

    BucketCalls(BucketAccess access) {
        this.access = access;
    }

    CreateBucketResponse create(CreateBucketRequest request) {
        String name = request.bucket();
        if (!NAME.matcher(name).matches() || IP_ADDRESS.matcher(name).matches() || name.contains("..")) {
            throw SimulatorError.refused("InvalidBucketName", "The specified bucket is not valid.")
                    .with("BucketName", name);
        }
        String region = regionOf(request);
        boolean existed = access.buckets().exists(name);
        Bucket bucket = access.buckets()
                .createIfAbsent(new Bucket.Name(name, new Place(access.place().account(), region)));
        if (existed) {
            refuseSecondCreation(bucket);
        }
        return CreateBucketResponse.builder().location("/" + name).build();
    }

    HeadBucketResponse head(HeadBucketRequest request) {
        Bucket bucket = access.open(request.bucket());
        return HeadBucketResponse.builder()
                .bucketRegion(bucket.place().region())
                .build();
    }

    DeleteBucketResponse delete(DeleteBucketRequest request) {
        Bucket bucket = access.open(request.bucket());
        if (!bucket.isEmpty()) {
            throw SimulatorError.of(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        access.buckets().remove(bucket);
        return DeleteBucketResponse.builder().build();
    }

    GetBucketLocationResponse location(GetBucketLocationRequest request) {
        String region = access.openAnywhere(request.bucket()).place().region();
        GetBucketLocationResponse.Builder response = GetBucketLocationResponse.builder();
        if (!region.equals(FIRST_REGION)) {
            response.locationConstraint(region);
        }
        return response.build();
    }

    ListBucketsResponse list(ListBucketsRequest request) {
        String prefix = request.prefix() == null ? "" : request.prefix();
        List<software.amazon.awssdk.services.s3.model.Bucket> shown =
                access.buckets().ownedBy(access.place().account()).stream()
                        .filter(bucket -> bucket.name().startsWith(prefix))
                        .map(bucket -> software.amazon.awssdk.services.s3.model.Bucket.builder()
                                .name(bucket.name())
                                .creationDate(bucket.createdAt())
                                .build())
                        .toList();
        return ListBucketsResponse.builder()
                .buckets(shown)
                .owner(owner -> owner.id(access.place().account()))
                .build();
    }

    PutBucketVersioningResponse putVersioning(PutBucketVersioningRequest request) {
        Bucket bucket = access.open(request.bucket());
        BucketVersioningStatus status = request.versioningConfiguration().status();
        if (status == null || status == BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION) {
            throw SimulatorError.refused(
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        bucket.version(Versioning.of(status));
        return PutBucketVersioningResponse.builder().build();
    }

    GetBucketVersioningResponse getVersioning(GetBucketVersioningRequest request) {
        GetBucketVersioningResponse.Builder response = GetBucketVersioningResponse.builder();
        access.open(request.bucket()).versioning().shown().ifPresent(response::status);
        return response.build();
    }

    /** Decides where a new bucket stands (CreateBucket, LocationConstraint): us-east-1 may place it anywhere. */
    private String regionOf(CreateBucketRequest request) {
        String here = access.place().region();
        String wanted = Optional.ofNullable(request.createBucketConfiguration())
                .map(CreateBucketConfiguration::locationConstraintAsString)
                .orElse("");
        if (here.equals(FIRST_REGION)) {
            return wanted.isEmpty() ? FIRST_REGION : known(wanted);
        }
        if (!wanted.equals(here)) {
            throw SimulatorError.refused(
                    "IllegalLocationConstraintException",
                    "The " + (wanted.isEmpty() ? "unspecified" : wanted)
                            + " location constraint is incompatible for the region specific endpoint this request was"
                            + " sent to.");
        }
        return here;
    }

    private static String known(String region) {
        if (BucketLocationConstraint.fromValue(region) == BucketLocationConstraint.UNKNOWN_TO_SDK_VERSION) {
            throw SimulatorError.refused("InvalidLocationConstraint", "The specified location-constraint is not valid");
        }
        return region;
    }

    /** Refuses a name that is taken; in us-east-1 alone, creating one's own bucket again succeeds (CreateBucket). */
    private void refuseSecondCreation(Bucket bucket) {
        if (!bucket.place().account().equals(access.place().account())) {
            throw SimulatorError.of(
                    409,
                    "BucketAlreadyExists",
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the"
                            + " system. Please select a different name and try again.");
        }
        if (!bucket.place().region().equals(FIRST_REGION)
                || !access.place().region().equals(FIRST_REGION)) {
            throw SimulatorError.of(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
    }
}
