package org.amibakery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class OperationIndexTest {
    @Test
    void operations_are_found_by_their_name_in_any_case() {
        OperationIndex index = OperationIndex.of(ChattyEc2.class);

        assertThat(index.simulated("DescribeImages")).map(Operation::name).contains("DescribeImages");
        assertThat(index.simulated("describeimages")).isPresent();
    }

    @Test
    void inherited_operations_count() {
        assertThat(OperationIndex.of(HeirOfEc2.class).simulated("DescribeImages"))
                .isPresent();
    }

    @Test
    void helpers_that_take_a_request_are_no_operations() {
        assertThat(OperationIndex.of(ChattyEc2.class).simulated())
                .extracting(Operation::name)
                .containsExactly("DescribeImages");
    }

    @Test
    void a_helper_does_not_hide_the_operation_it_helps() {
        OperationIndex index = OperationIndex.of(SeedingEc2.class);

        assertThat(index.simulated("RunInstances"))
                .map(operation -> operation.method().getName())
                .contains("runInstances");
    }

    @Test
    void what_is_not_simulated_is_known_all_the_same() {
        OperationIndex index = OperationIndex.of(ChattyEc2.class);

        assertThat(index.simulated("CreateTags")).isEmpty();
        assertThat(index.known("CreateTags")).isPresent();
        assertThat(index.known("BakeBread")).isEmpty();
    }

    @Test
    void of_an_operation_with_a_stream_the_variant_with_the_stream_answers() {
        assertThat(OperationIndex.of(StreamingS3.class).simulated("GetObject"))
                .map(operation -> operation.method().getParameterCount())
                .contains(2);
    }

    /** Has helpers that could be mistaken for operations: a private one, and a public one of another name. */
    static class ChattyEc2 extends SilentEc2 {
        @Override
        public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
            CreateTagsRequest tags =
                    CreateTagsRequest.builder().resources(request.imageIds()).build();
            return count(tags) == countTwice(tags)
                    ? DescribeImagesResponse.builder().build()
                    : DescribeImagesResponse.builder().nextToken("more").build();
        }

        public int countTwice(CreateTagsRequest request) {
            return count(request) * 2;
        }

        private static int count(CreateTagsRequest request) {
            return request.resources().size();
        }
    }

    static final class HeirOfEc2 extends ChattyEc2 {}

    static final class SeedingEc2 extends SilentEc2 {
        @Override
        public RunInstancesResponse runInstances(RunInstancesRequest request) {
            return seed(request);
        }

        private RunInstancesResponse seed(RunInstancesRequest request) {
            return RunInstancesResponse.builder().ownerId(request.imageId()).build();
        }
    }

    static final class StreamingS3 extends SilentS3 {
        @Override
        public <R> R getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
            throw new UnsupportedOperationException(request.key());
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
            throw new UnsupportedOperationException(request.key());
        }
    }
}
