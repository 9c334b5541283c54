package org.amibakery.window;

import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;

/** Takes numbered turns in their order, so many at once: each lane takes the next turn when it is free. */
final class Lanes {
    private final int turns;
    private final Functions.Proc1<Integer> turn;
    private int next;

    private Lanes(int turns, Functions.Proc1<Integer> turn) {
        this.turns = turns;
        this.turn = turn;
    }

    /**
     * Takes all turns, and returns when the last is over.
     *
     * @param turn takes the turn of this number, counted from 0
     */
    static void take(int turns, int atOnce, Functions.Proc1<Integer> turn) {
        Lanes lanes = new Lanes(turns, turn);
        List<Promise<Void>> open = new ArrayList<>();
        for (int lane = 0; lane < Math.min(atOnce, turns); lane++) {
            open.add(Async.procedure(lanes::takeTurnAfterTurn));
        }
        Promise.allOf(open).get();
    }

    private void takeTurnAfterTurn() {
        while (next < turns) {
            turn.apply(next++);
        }
    }
}
