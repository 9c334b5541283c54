package org.amibakery.simulator.ec2;

import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceImageMetadataRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceImageMetadataResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** Answers the calls about instances and volumes. */
abstract class InstanceCalls extends Ec2Calls {
    InstanceCalls(Ec2Place here, Nouns nouns, RequestLimits limits, Ec2World.Limits which) {
        super(here, nouns, limits, which);
    }

    @Override
    public final RunInstancesResponse runInstances(RunInstancesRequest request) {
        return answer(request, nouns().launches()::run);
    }

    @Override
    public final TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
        return answer(request, nouns().lifecycle()::terminate);
    }

    @Override
    public final StopInstancesResponse stopInstances(StopInstancesRequest request) {
        return answer(request, nouns().lifecycle()::stop);
    }

    @Override
    public final StartInstancesResponse startInstances(StartInstancesRequest request) {
        return answer(request, nouns().lifecycle()::start);
    }

    @Override
    public final GetConsoleOutputResponse getConsoleOutput(GetConsoleOutputRequest request) {
        return answer(request, nouns().lifecycle()::consoleOutput);
    }

    @Override
    public final DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        return answer(request, nouns().instances()::describe);
    }

    @Override
    public final DescribeInstanceStatusResponse describeInstanceStatus(DescribeInstanceStatusRequest request) {
        return answer(request, nouns().instances()::describeStatus);
    }

    @Override
    public final DescribeInstanceImageMetadataResponse describeInstanceImageMetadata(
            DescribeInstanceImageMetadataRequest request) {
        return answer(request, nouns().instances()::describeImages);
    }

    @Override
    public final ModifyInstanceAttributeResponse modifyInstanceAttribute(ModifyInstanceAttributeRequest request) {
        return answer(request, nouns().attributes()::modify);
    }

    @Override
    public final DescribeInstanceAttributeResponse describeInstanceAttribute(DescribeInstanceAttributeRequest request) {
        return answer(request, nouns().attributes()::describe);
    }

    @Override
    public final DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
        return answer(request, nouns().volumes()::describe);
    }

    @Override
    public final CreateVolumeResponse createVolume(CreateVolumeRequest request) {
        return answer(request, nouns().volumes()::create);
    }

    @Override
    public final DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
        return answer(request, nouns().volumes()::delete);
    }

    @Override
    public final CreateTagsResponse createTags(CreateTagsRequest request) {
        return answer(request, nouns().tags()::create);
    }

    @Override
    public final DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
        return answer(request, nouns().tags()::delete);
    }

    @Override
    public final DescribeTagsResponse describeTags(DescribeTagsRequest request) {
        return answer(request, nouns().tags()::describe);
    }
}
