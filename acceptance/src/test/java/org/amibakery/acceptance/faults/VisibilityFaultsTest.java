package org.amibakery.acceptance.faults;

import java.time.Duration;
import org.amibakery.acceptance.figures.FaultFigures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The gate: whatever is made, and every tag, stays unseen for five minutes (twenty times as fast), and bakes finish. */
@Execution(ExecutionMode.CONCURRENT)
class VisibilityFaultsTest {
    @RegisterExtension
    static final FaultFigures FIGURES = FaultFigures.embedded("visibility");

    @Test
    void a_bake_completes_though_nothing_it_makes_is_visible_for_five_minutes() {
        try (TroubledBakery bakery = TroubledBakery.whereNothingIsVisibleFor(Duration.ofMinutes(5))) {
            BakeEnd end = bakery.bake();

            FIGURES.count(bakery.ledger());
            end.isComplete();
            Promise.isKeptBy(bakery)
                    .withOneBuilderAtATime()
                    .withBuildersLaunched(1)
                    .withImagesMade(1);
        }
    }
}
