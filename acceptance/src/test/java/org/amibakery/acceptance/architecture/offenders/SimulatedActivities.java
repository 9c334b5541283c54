package org.amibakery.acceptance.architecture.offenders;

import org.amibakery.acceptance.architecture.AsIfIn;
import org.amibakery.acceptance.architecture.Folder;
import org.amibakery.simulator.Simulator;

/** Acts differently when the simulator is there. */
@AsIfIn(Folder.ACTIVITIES)
public final class SimulatedActivities {
    public String endpoint(Simulator aws) {
        return aws.endpoint().toString();
    }
}
