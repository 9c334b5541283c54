package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.orphans.Remains.card;
import static org.amibakery.lambdas.orphans.Remains.image;
import static org.amibakery.lambdas.orphans.Remains.instance;
import static org.amibakery.lambdas.orphans.Remains.instanceOf;
import static org.amibakery.lambdas.orphans.Remains.snapshot;
import static org.amibakery.lambdas.orphans.Remains.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.FakeRegion;
import org.amibakery.lambdas.orphans.Removal.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrphanRemovalTest {
    private final FakeRegion region = new FakeRegion(11);
    private final OrphanRemoval removal = new OrphanRemoval(name -> region, "bakery");

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "state, good",
        "stack, other",
        "bake, bake/db/eu-west-1",
        "run, run-2",
        "expires, 2026-06-01T18:00:00Z",
        "expires, ''"
    })
    void leaves_alone_what_is_tagged_otherwise_by_now(String key, String value) {
        region.hasBaked(image("ami-1"));
        OwnResource found = found("ami-1");
        region.has(image("ami-1", key, value));

        assertThat(removal.remove(found))
                .isEqualTo(
                        Removal.kept(found, "is tagged otherwise than when it was judged; the next run judges anew"));
        assertThat(region.imageIds()).containsExactly("ami-1");
    }

    @Test
    void removes_what_only_changed_its_state_of_life() {
        region.hasBaked(image("ami-1").toBuilder().state("pending").build());
        OwnResource found = found("ami-1");
        region.hasBaked(image("ami-1"));

        assertThat(removal.remove(found).end()).isEqualTo(End.REMOVED);
    }

    @Test
    void leaves_alone_what_was_attached_meanwhile() {
        region.has(volume("vol-1"));
        region.has(card("eni-1"));
        OwnResource disk = found("vol-1");
        OwnResource card = found("eni-1");
        region.has(volume("vol-1").toBuilder().state("in-use").build());
        region.has(card("eni-1").toBuilder().status("in-use").build());

        assertThat(List.of(removal.remove(disk), removal.remove(card))).allSatisfy(removal -> assertThat(removal)
                .isEqualTo(Removal.kept(removal.orphan(), "is in-use now, so it goes with what holds it")));
    }

    @Test
    void leaves_an_image_alone_that_came_to_be_used() {
        region.hasBaked(image("ami-1"));
        OwnResource found = found("ami-1");
        region.users().has(instanceOf("ami-1", "i-9", "stack", ""));

        assertThat(removal.remove(found)).isEqualTo(Removal.kept(found, "is in use by i-9; the next run looks again"));
    }

    @Test
    void what_is_gone_is_as_good_as_removed() {
        region.hasBaked(image("ami-1"));
        region.users().has(instance("i-1"));
        OwnResource image = found("ami-1");
        OwnResource builder = found("i-1");
        region.loses("ami-1");
        removal.remove(builder);
        region.faults().calls().clear();

        assertThat(removal.remove(image)).isEqualTo(Removal.removed(image, "was gone already"));
        assertThat(removal.remove(builder)).isEqualTo(Removal.removed(builder, "was gone already"));
        assertThat(region.faults().calls()).allMatch(call -> call.startsWith("Describe"));
    }

    @ParameterizedTest(name = "{0} answers {1}")
    @CsvSource({
        "vol-1,  DeleteVolume,           InvalidVolume.NotFound",
        "eni-1,  DeleteNetworkInterface, InvalidNetworkInterfaceID.NotFound",
        "ami-1,  DeregisterImage,        InvalidAMIID.NotFound",
        "ami-1,  DeregisterImage,        InvalidAMIID.Unavailable",
        "snap-9, DeleteSnapshot,         InvalidSnapshot.NotFound"
    })
    void what_goes_between_the_look_and_the_call_is_as_good_as_removed(String id, String operation, String code) {
        oneOfEach();
        OwnResource found = found(id);
        region.faults().answers(operation, code, "not there");

        assertThat(removal.remove(found)).isEqualTo(Removal.removed(found, "was gone already"));
    }

    @ParameterizedTest(name = "{1} answers {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "i-1    | TerminateInstances | UnauthorizedOperation | no | Allow ec2:TerminateInstances to the function's role; the next run tries again.",
                "i-1    | TerminateInstances | InvalidInstanceID.NotFound | no such instance | The next run tries again; look at it in the console if this lasts.",
                "i-1    | TerminateInstances | OperationNotPermitted | it has disableApiTermination | The next run tries again; look at it in the console if this lasts.",
                "vol-1  | DeleteVolume | VolumeInUse | attached | Something still uses it; the next run tries again.",
                "eni-1  | DeleteNetworkInterface | InvalidParameterValue | Network interface 'eni-1' is currently in use. | Something still uses it; the next run tries again.",
                "ami-1  | DeregisterImage | RequestLimitExceeded | slow down | The next run tries again.",
                "ami-1  | DescribeImages | InternalError | oops | The next run tries again.",
                "snap-9 | DeleteSnapshot | InvalidSnapshot.InUse | held by ami-1 | Something still uses it; the next run tries again.",
            })
    void tells_what_was_refused_and_what_to_do(
            String id, String operation, String code, String message, String advice) {
        oneOfEach();
        OwnResource found = found(id);
        region.faults().answers(operation, code, message);

        assertThat(removal.remove(found))
                .isEqualTo(Removal.failed(
                        found,
                        code,
                        String.format(
                                "EC2 answered %s to %s of %s in eu-west-1: %s. %s",
                                code, operation, id, message, advice)));
    }

    @Test
    void a_lost_answer_leaves_nothing_that_the_next_run_does_not_find() {
        region.hasBaked(image("ami-1"));
        OwnResource found = found("ami-1");
        region.reportsForSnapshots(Optional.of("internal-error"));
        region.faults().losesReplyOf("DeregisterImage");

        Removal removed = removal.remove(found);

        assertThat(removed.code()).contains("NoAnswer");
        assertThat(removed.message()).endsWith("Whether it happened is unknown; the next run sees and tries again.");
        assertThat(new OwnResources(name -> region, "bakery").in("eu-west-1"))
                .extracting(OwnResource::id, OwnResource::users)
                .containsExactly(tuple("snap-1", List.of()));
    }

    private void oneOfEach() {
        region.users().has(instance("i-1"));
        region.has(volume("vol-1"));
        region.has(card("eni-1"));
        region.hasBaked(image("ami-1"));
        region.has(snapshot("snap-9"));
    }

    private OwnResource found(String id) {
        return new OwnResources(name -> region, "bakery")
                .in("eu-west-1").stream()
                        .filter(resource -> resource.id().equals(id))
                        .findFirst()
                        .orElseThrow();
    }
}
