package org.amibakery.bake;

import java.util.List;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchCandidate;

/** Hears how launching goes. */
interface LaunchProgress {
    /** The first launch is asked for, among those of all bakes that take their turns. */
    void awaitingTurn(LaunchCandidate candidate);

    /** EC2 gave the instance its id. */
    void launched(InstanceId launched, LaunchCandidate candidate);

    /** A launch came to nothing, and another is made. */
    void launchingAgain(String why);

    /** Something of a given-up launch could not be removed. */
    void leftBehind(List<String> leftovers);
}
