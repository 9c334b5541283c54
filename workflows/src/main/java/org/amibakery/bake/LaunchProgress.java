package org.amibakery.bake;

import java.util.List;
import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchCandidate;

/** Hears how launching goes. */
interface LaunchProgress {
    /** EC2 gave the instance its id. */
    void launched(InstanceId launched, LaunchCandidate candidate);

    /** A launch came to nothing, and another is made. */
    void launchingAgain(String why);

    /** Something of a given-up launch could not be removed. */
    void leftBehind(List<String> leftovers);
}
