package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.ec2.QuietEc2.tags;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.amibakery.simulator.world.LedgerEntry;
import org.amibakery.simulator.world.ResourceKind;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

class LedgerOfEc2Test {
    private final QuietEc2 aws = QuietEc2.unlimited();

    @Test
    void a_builder_is_a_leak_until_it_is_terminated() {
        String id = aws.runningInstance().instanceId();
        assertThat(aws.ledger.leaked())
                .extracting(LedgerEntry::kind)
                .containsExactlyInAnyOrder(ResourceKind.INSTANCE, ResourceKind.VOLUME, ResourceKind.NETWORK_INTERFACE);

        aws.ec2.terminateInstances(request -> request.instanceIds(id));
        assertThat(aws.ledger.leaked()).isNotEmpty();
        aws.passes(Duration.ofSeconds(10));

        assertThat(aws.ledger.leaked()).isEmpty();
        assertThat(aws.ledger.buildersEverLaunched())
                .extracting(LedgerEntry::id)
                .containsExactly(id);
    }

    @Test
    void a_good_image_and_its_snapshot_are_no_leak_and_any_other_is() {
        String instanceId = aws.runningInstance().instanceId();
        String id = aws.ec2
                .createImage(request -> request.instanceId(instanceId)
                        .name("web-1")
                        .tagSpecifications(tags("image", "ami-bakery:state", "baking")))
                .imageId();
        aws.passes(Duration.ofMinutes(2));
        aws.ec2.terminateInstances(request -> request.instanceIds(instanceId));
        aws.passes(Duration.ofSeconds(10));
        assertThat(aws.ledger.leaked())
                .extracting(LedgerEntry::kind)
                .containsExactlyInAnyOrder(ResourceKind.IMAGE, ResourceKind.SNAPSHOT);

        aws.ec2.createTags(request -> request.resources(id)
                .tags(Tag.builder().key("ami-bakery:state").value("good").build()));

        assertThat(aws.ledger.leaked()).isEmpty();
        assertThat(aws.ledger.imagesEverCreated()).extracting(LedgerEntry::id).containsExactly(id);
    }

    @Test
    void builders_alive_at_once_are_counted_until_their_end_was_accepted() {
        String first = aws.runningInstance().instanceId();
        aws.ec2.terminateInstances(request -> request.instanceIds(first));
        aws.runningInstance();
        assertThat(aws.ledger.mostBuildersAliveAtOnce()).isEqualTo(1);

        aws.runningInstance();

        assertThat(aws.ledger.mostBuildersAliveAtOnce()).isEqualTo(2);
    }

    @Test
    void what_was_seeded_is_nobodys_leak_and_its_deletion_is_seen() {
        String id = aws.facts.ownsImage("web-1", aws.clock.instant().minus(Duration.ofDays(40)), Map.of());
        aws.facts.runsInstanceFrom(id);
        aws.facts.hasLaunchTemplate("web", id);
        assertThat(aws.ledger.leaked()).isEmpty();
        assertThat(aws.ledger.buildersEverLaunched()).isEmpty();

        aws.ec2.deregisterImage(request -> request.imageId(id));

        assertThat(aws.ledger.imagesDeleted()).extracting(LedgerEntry::name).containsExactly("web-1");
    }
}
