package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.assertRefused;
import static org.amibakery.simulator.ec2.QuietEc2.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.amibakery.simulator.world.PlatformFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

class DescribeImagesTest {
    private static final String STRANGER = "666666666666";

    private final QuietEc2 aws = QuietEc2.unlimited();

    @ParameterizedTest
    @CsvSource({
        "al2023-ami-2023.*-x86_64, 137112412989, x86_64",
        "al2023-ami-2023.*-arm64, 137112412989, arm64",
        "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*, 099720109477, x86_64",
        "debian-12-amd64-*, 136693071363, x86_64"
    })
    void a_careless_look_up_finds_a_strangers_image_or_a_pending_one(String name, String owner, String architecture) {
        List<Image> byName = images(filter("name", name));
        assertThat(newest(byName).ownerId()).isEqualTo(STRANGER);

        List<Image> byOwner =
                byName.stream().filter(image -> image.ownerId().equals(owner)).toList();
        assertThat(newest(byOwner).stateAsString()).isEqualTo("pending");
        assertThat(byOwner).hasSizeGreaterThan(3).allSatisfy(image -> assertThat(image.architectureAsString())
                .isEqualTo(architecture));
    }

    @Test
    void the_order_means_nothing() {
        List<Image> images = images(filter("owner-id", "099720109477"));

        assertThat(images).isNotEmpty();
        assertThat(images)
                .extracting(Image::creationDate)
                .isNotEqualTo(images.stream().map(Image::creationDate).sorted().toList())
                .isNotEqualTo(images.stream()
                        .map(Image::creationDate)
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void pages_together_hold_every_image_once() {
        List<String> all = images().stream().map(Image::imageId).toList();

        List<String> paged = aws.ec2.describeImagesPaginator(request -> request.maxResults(7)).images().stream()
                .map(Image::imageId)
                .toList();

        assertThat(paged).hasSameElementsAs(all).doesNotHaveDuplicates().hasSizeGreaterThan(30);
        assertRefused(
                        "InvalidNextToken",
                        () -> aws.ec2.describeImages(r -> r.maxResults(7).nextToken("?")))
                .hasMessageContaining("NextToken");
    }

    @Test
    void deprecated_images_of_others_show_only_when_asked_for() {
        Filter old = filter("name", "al2023-ami-2023.9.202511*");

        assertThat(images(old)).isEmpty();
        assertThat(aws.ec2
                        .describeImages(r -> r.includeDeprecated(true).filters(old))
                        .images())
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image.deprecationTime()).isNotNull());
    }

    @Test
    void owners_are_ids_or_aliases_or_self() {
        assertThat(aws.ec2.describeImages(r -> r.owners("amazon")).images())
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image.imageOwnerAlias()).isEqualTo("amazon"));
        assertThat(aws.ec2.describeImages(r -> r.owners("self")).images()).isEmpty();
        assertRefused("InvalidUserID.Malformed", () -> aws.ec2.describeImages(r -> r.owners("canonical")))
                .hasMessageContaining("canonical");
    }

    @Test
    void wildcards_can_be_escaped() {
        String id = aws.facts.publishesImage(
                new FoundationImage("odd*name?", STRANGER, "x86_64", PlatformFamily.UNKNOWN, aws.clock.instant()));
        aws.facts.publishesImage(
                new FoundationImage("odd-names", STRANGER, "x86_64", PlatformFamily.UNKNOWN, aws.clock.instant()));

        assertThat(images(filter("name", "odd\\*name\\?")))
                .extracting(Image::imageId)
                .containsExactly(id);
        assertThat(images(filter("name", "odd?name?"))).hasSize(2);
    }

    @Test
    void every_region_has_its_own_ids_and_a_seed_repeats_them() {
        String here = newest(images(filter("owner-alias", "amazon"))).imageId();
        QuietEc2 again = QuietEc2.unlimited();

        assertThat(again.ec2.describeImages(r -> r.imageIds(here)).images()).hasSize(1);
        assertRefused("InvalidAMIID.NotFound", () -> aws.inRegion("us-east-1").describeImages(r -> r.imageIds(here)))
                .hasMessageContaining(here);
    }

    @Test
    void vendors_snapshots_are_their_own() {
        String snapshotId =
                aws.amazonLinux("x86_64").blockDeviceMappings().get(0).ebs().snapshotId();

        assertRefused("InvalidSnapshot.NotFound", () -> aws.ec2.deleteSnapshot(r -> r.snapshotId(snapshotId)))
                .hasMessageContaining(snapshotId);
    }

    private List<Image> images(Filter... filters) {
        return aws.ec2.describeImages(request -> request.filters(filters)).images();
    }

    private static Image newest(List<Image> images) {
        return images.stream().max(Comparator.comparing(Image::creationDate)).orElseThrow();
    }
}
