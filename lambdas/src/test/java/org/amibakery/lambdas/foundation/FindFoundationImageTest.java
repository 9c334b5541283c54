package org.amibakery.lambdas.foundation;

import static org.amibakery.lambdas.AnImage.NOW;
import static org.amibakery.lambdas.AnImage.anImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.AccessRefused;
import org.amibakery.lambdas.AwsCallFailed;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.NoFoundationImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Image;

class FindFoundationImageTest {
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    private final FakeFleet fleet = new FakeFleet(7);
    private final FindFoundationImage finder =
            new FindFoundationImage(region -> fleet, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void answers_the_newest_of_many_pages() {
        for (int days = 1; days <= 9; days++) {
            fleet.has(aged("ami-" + days, NOW.minus(Duration.ofDays(days))));
        }

        assertThat(finder.find(aQuery()))
                .isEqualTo(new FoundationImageAnswer(
                        "ami-1",
                        "al2023-ami-2023.1-x86_64",
                        FakeFleet.AMAZON,
                        Optional.of("amazon"),
                        "x86_64",
                        YESTERDAY,
                        "/dev/xvda",
                        8,
                        false));
    }

    @Test
    void takes_the_greater_id_of_two_images_made_at_once() {
        fleet.has(anImage("ami-a").build());
        fleet.has(anImage("ami-c").build());
        fleet.has(anImage("ami-b").build());

        assertThat(finder.find(aQuery()).imageId()).isEqualTo("ami-c");
    }

    @Test
    void sends_the_owners_with_every_page() {
        fleet.has(aged("ami-1", YESTERDAY));
        fleet.has(aged("ami-2", YESTERDAY));
        fleet.has(aged("ami-3", YESTERDAY));

        finder.find(aQuery());

        assertThat(fleet.imageLookUps()).hasSize(3).allSatisfy(request -> assertThat(request.owners())
                .containsExactly("amazon"));
    }

    @Test
    void passes_over_a_strangers_newer_image_even_if_ec2_answers_it() {
        fleet.ignoresOwners();
        fleet.has(aged("ami-vendor", YESTERDAY));
        fleet.has(anImage("ami-hostile")
                .ownerId("666666666666")
                .imageOwnerAlias(null)
                .build());

        assertThat(finder.find(aQuery()).imageId()).isEqualTo("ami-vendor");
    }

    @Test
    void knows_an_owner_by_account_id_too() {
        fleet.has(anImage("ami-1").ownerId("099720109477").imageOwnerAlias(null).build());

        FoundationImageAnswer answer = finder.find(
                new FoundationImageQuery("al2023-*", List.of("099720109477"), "x86_64", "eu-west-1", false));

        assertThat(answer.ownerId()).isEqualTo("099720109477");
        assertThat(answer.ownerAlias()).isEmpty();
    }

    @Test
    void leaves_out_what_cannot_be_baked_from() {
        fleet.has(aged("ami-fit", YESTERDAY));
        fleet.has(anImage("ami-pending").state("pending").build());
        fleet.has(anImage("ami-arm").architecture("arm64").build());
        fleet.has(anImage("ami-store").rootDeviceType("instance-store").build());
        fleet.has(anImage("ami-pv").virtualizationType("paravirtual").build());
        fleet.has(anImage("ami-other").name("ubuntu").build());
        fleet.has(anImage("ami-diskless").blockDeviceMappings(List.of()).build());
        fleet.has(anImage("ami-dateless").creationDate("yesterday").build());

        assertThat(finder.find(aQuery()).imageId()).isEqualTo("ami-fit");
    }

    @Test
    void leaves_out_deprecated_images_unless_asked() {
        fleet.has(aged("ami-current", YESTERDAY));
        fleet.has(deprecated("ami-deprecated"));

        assertThat(finder.find(aQuery()).imageId()).isEqualTo("ami-current");
        assertThat(finder.find(includingDeprecated()))
                .extracting(FoundationImageAnswer::imageId, FoundationImageAnswer::deprecated)
                .containsExactly("ami-deprecated", true);
    }

    @Test
    void leaves_out_our_own_deprecated_image_which_ec2_shows_unasked() {
        fleet.has(deprecated("ami-ours").toBuilder()
                .ownerId(FakeFleet.OURSELVES)
                .imageOwnerAlias(null)
                .build());

        assertThatThrownBy(() -> finder.find(new FoundationImageQuery(
                        "al2023-*", List.of(FakeFleet.OURSELVES), "x86_64", "eu-west-1", false)))
                .isInstanceOf(NoFoundationImage.class);
    }

    @Test
    void counts_an_image_whose_deprecation_is_yet_to_come() {
        fleet.has(
                anImage("ami-1").deprecationTime(NOW.plusSeconds(1).toString()).build());

        assertThat(finder.find(aQuery()).deprecated()).isFalse();
    }

    @Test
    void says_what_was_not_found_and_what_to_do() {
        assertThatThrownBy(() -> finder.find(aQuery()))
                .isInstanceOf(NoFoundationImage.class)
                .hasMessage("No available image named al2023-* of owners amazon for x86_64 in eu-west-1 (deprecated"
                        + " images were not looked at). Nothing can be baked. Check the pattern, the owner and the"
                        + " region: aws ec2 describe-images --region eu-west-1 --owners amazon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnauthorizedOperation", "AuthFailure", "ExpiredToken"})
    void names_the_permission_when_access_is_refused(String code) {
        fleet.faults().answers("DescribeImages", code, "not you");

        assertThatThrownBy(() -> finder.find(aQuery()))
                .isInstanceOf(AccessRefused.class)
                .hasMessage(
                        "EC2 answered " + code + " to DescribeImages in eu-west-1: not you. Nothing was changed."
                                + " Allow ec2:DescribeImages to the function's role and check its credentials, then try again.");
    }

    @Test
    void says_that_trying_again_helps_when_ec2_is_busy() {
        fleet.faults().answers("DescribeImages", "RequestLimitExceeded", "slow down");

        assertThatThrownBy(() -> finder.find(aQuery()))
                .isInstanceOf(AwsCallFailed.class)
                .hasMessage("EC2 answered RequestLimitExceeded to DescribeImages in eu-west-1: slow down."
                        + " Nothing was changed. Try again later.");
    }

    private static Image aged(String id, Instant created) {
        return anImage(id).creationDate(created.toString()).build();
    }

    private static Image deprecated(String id) {
        return anImage(id).deprecationTime(YESTERDAY.toString()).build();
    }

    private static FoundationImageQuery aQuery() {
        return new FoundationImageQuery("al2023-*", List.of("amazon"), "x86_64", "eu-west-1", false);
    }

    private static FoundationImageQuery includingDeprecated() {
        return new FoundationImageQuery("al2023-*", List.of("amazon"), "x86_64", "eu-west-1", true);
    }
}
