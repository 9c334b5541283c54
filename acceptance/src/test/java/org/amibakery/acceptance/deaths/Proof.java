package org.amibakery.acceptance.deaths;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.bake.BakeReport;
import org.amibakery.bake.BakeState;
import org.amibakery.simulator.Simulator;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.LedgerEntry;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What the account tells of bakes whose workers died: not what the bakery says of itself. */
final class Proof {
    private final Bakehouse house;
    private final Ledger ledger;

    private Proof(Bakehouse house) {
        this.house = house;
        ledger = house.aws().ledger();
    }

    /** Waits for the end of all bakes within so long from now, and proves that every one made exactly its image. */
    static Proof thatAllComplete(Bakehouse house, List<RealBake> bakes, Duration within) {
        await("all bakes ended")
                .atMost(within)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> bakes.stream().allMatch(RealBake::hasEnded));
        List<BakeReport> reports = bakes.stream().map(RealBake::report).toList();
        assertThat(reports).extracting(BakeReport::failure).containsOnly("");
        assertThat(reports).extracting(BakeReport::state).containsOnly(BakeState.COMPLETED);
        assertThat(reports).extracting(BakeReport::leaked).containsOnly(List.of());
        Proof proof = new Proof(house);
        proof.oncePerBake(proof.ledger.buildersEverLaunched(), bakes);
        proof.oncePerBake(proof.ledger.imagesEverCreated(), bakes);
        return proof;
    }

    /** Proves that nothing is left, and that no image in use was deleted. */
    static Proof ofNoLeak(Bakehouse house) {
        return new Proof(house).andNoLeak();
    }

    Proof andNoLeak() {
        assertThat(ledger.leaked()).isEmpty();
        assertThat(ledger.imagesDeleted())
                .extracting(LedgerEntry::id)
                .doesNotContainAnyElementsOf(house.imagesInUse().values());
        return this;
    }

    /** Proves that no command ran twice: each sending has a comment of its own. */
    Proof andNoCommandSentTwice() {
        assertThat(commandsSent(house.aws())
                        .collect(groupingBy(comment -> comment, counting()))
                        .values())
                .isNotEmpty()
                .containsOnly(1L);
        return this;
    }

    private static Stream<String> commandsSent(Simulator aws) {
        return aws.calls().of("SendCommand").stream()
                .filter(call -> call.errorCode().isEmpty())
                .flatMap(call -> call.request().stream())
                .map(SendCommandRequest.class::cast)
                .map(SendCommandRequest::comment);
    }

    private void oncePerBake(List<LedgerEntry> made, List<RealBake> bakes) {
        Map<String, Long> byBake =
                made.stream().collect(groupingBy(entry -> entry.tags().get("ami-bakery:bake"), counting()));
        assertThat(byBake)
                .containsOnlyKeys(bakes.stream().map(RealBake::id).toList())
                .values()
                .containsOnly(1L);
    }
}
