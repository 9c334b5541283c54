package org.amibakery.simulator.ec2;

import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageResponse;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DisableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.DisableImageDeregistrationProtectionRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageDeregistrationProtectionResponse;
import software.amazon.awssdk.services.ec2.model.DisableImageRequest;
import software.amazon.awssdk.services.ec2.model.DisableImageResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeprecationResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageDeregistrationProtectionRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageDeregistrationProtectionResponse;
import software.amazon.awssdk.services.ec2.model.EnableImageRequest;
import software.amazon.awssdk.services.ec2.model.EnableImageResponse;
import software.amazon.awssdk.services.ec2.model.GetImageBlockPublicAccessStateRequest;
import software.amazon.awssdk.services.ec2.model.GetImageBlockPublicAccessStateResponse;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;

/** Answers the calls about images and snapshots. */
abstract class ImageCalls extends InstanceCalls {
    ImageCalls(Ec2Place here, Nouns nouns, RequestLimits limits, Ec2World.Limits which) {
        super(here, nouns, limits, which);
    }

    @Override
    public final CreateImageResponse createImage(CreateImageRequest request) {
        return answer(request, nouns().imageCreation()::create);
    }

    @Override
    public final CopyImageResponse copyImage(CopyImageRequest request) {
        return answer(request, nouns().imageCreation()::copy);
    }

    @Override
    public final DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
        return answer(request, nouns().imageDeletion()::deregister);
    }

    @Override
    public final DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
        return answer(request, nouns().imageDeletion()::deleteSnapshot);
    }

    @Override
    public final DescribeImagesResponse describeImages(DescribeImagesRequest request) {
        return answer(request, nouns().images()::describe);
    }

    @Override
    public final DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
        return answer(request, nouns().images()::describeSnapshots);
    }

    @Override
    public final DescribeImageReferencesResponse describeImageReferences(DescribeImageReferencesRequest request) {
        return answer(request, nouns().references()::describe);
    }

    @Override
    public final ModifyImageAttributeResponse modifyImageAttribute(ModifyImageAttributeRequest request) {
        return answer(request, nouns().imageSharing()::modify);
    }

    @Override
    public final DescribeImageAttributeResponse describeImageAttribute(DescribeImageAttributeRequest request) {
        return answer(request, nouns().imageSharing()::describe);
    }

    @Override
    public final ModifySnapshotAttributeResponse modifySnapshotAttribute(ModifySnapshotAttributeRequest request) {
        return answer(request, nouns().imageSharing()::modifySnapshot);
    }

    @Override
    public final EnableImageResponse enableImage(EnableImageRequest request) {
        return answer(request, nouns().imageSettings()::enable);
    }

    @Override
    public final DisableImageResponse disableImage(DisableImageRequest request) {
        return answer(request, nouns().imageSettings()::disable);
    }

    @Override
    public final EnableImageDeprecationResponse enableImageDeprecation(EnableImageDeprecationRequest request) {
        return answer(request, nouns().imageSettings()::enableDeprecation);
    }

    @Override
    public final DisableImageDeprecationResponse disableImageDeprecation(DisableImageDeprecationRequest request) {
        return answer(request, nouns().imageSettings()::disableDeprecation);
    }

    @Override
    public final EnableImageDeregistrationProtectionResponse enableImageDeregistrationProtection(
            EnableImageDeregistrationProtectionRequest request) {
        return answer(request, nouns().imageSettings()::protect);
    }

    @Override
    public final DisableImageDeregistrationProtectionResponse disableImageDeregistrationProtection(
            DisableImageDeregistrationProtectionRequest request) {
        return answer(request, nouns().imageSettings()::unprotect);
    }

    @Override
    public final GetImageBlockPublicAccessStateResponse getImageBlockPublicAccessState(
            GetImageBlockPublicAccessStateRequest request) {
        return answer(request, nouns().imageSettings()::blockPublicAccess);
    }
}
