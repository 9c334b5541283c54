package org.amibakery.builder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.paginators.DescribeVolumesIterable;

class LeftoverVolumesTest {
    private final TwoVolumes ec2 = new TwoVolumes();
    private final LeftoverVolumes volumes = new LeftoverVolumes(ec2, Launches.REGION);

    @Test
    void a_volume_that_cannot_be_deleted_is_left_and_holds_up_no_other() {
        Map<String, Instance> dead = new LinkedHashMap<>();
        dead.put("i-1", instance("i-1", "bake/one"));
        dead.put("i-2", instance("i-2", "bake/two"));

        Map<String, List<Volume>> left = volumes.clear(dead.keySet(), dead);

        assertThat(ec2.deleted).containsExactly("vol-2");
        assertThat(LeftoverVolumes.describe(left.get("i-1"))).isEqualTo("vol-1 available");
    }

    private static Instance instance(String id, String bake) {
        return Instance.builder().instanceId(id).tags(bakeTag(bake)).build();
    }

    private static Tag bakeTag(String bake) {
        return Tag.builder().key("ami-bakery:bake").value(bake).build();
    }

    /** Has a free volume of each of two bakes, and does not delete the first. */
    private static final class TwoVolumes implements Ec2Client {
        final List<String> deleted = new ArrayList<>();

        @Override
        public DescribeVolumesIterable describeVolumesPaginator(DescribeVolumesRequest request) {
            return new DescribeVolumesIterable(this, request);
        }

        @Override
        public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
            boolean byBake = request.filters().get(0).name().startsWith("tag:");
            return DescribeVolumesResponse.builder()
                    .volumes(byBake ? List.of(free("vol-1", "bake/one"), free("vol-2", "bake/two")) : List.of())
                    .build();
        }

        @Override
        public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
            if (request.volumeId().equals("vol-1")) {
                throw Ec2Exception.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("UnauthorizedOperation")
                                .errorMessage("A policy denies it")
                                .build())
                        .build();
            }
            deleted.add(request.volumeId());
            return DeleteVolumeResponse.builder().build();
        }

        private static Volume free(String id, String bake) {
            return Volume.builder()
                    .volumeId(id)
                    .state("available")
                    .tags(bakeTag(bake))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
