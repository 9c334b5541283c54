package org.amibakery.bake;

import org.amibakery.builder.InstanceId;
import org.amibakery.builder.LaunchCandidate;

/** Hears how launching goes. */
interface LaunchProgress {
    /** EC2 gave the instance its id. */
    void launched(InstanceId launched, LaunchCandidate candidate);

    /** A launch came to nothing, and another is made. */
    void launchingAgain(String why);
}
