package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.List;
import java.util.regex.Pattern;

/** Finds instances by id with the errors EC2 gives, right after the launch too (InvalidInstanceID.NotFound). */
final class InstanceAccess {
    private static final Pattern ID = Pattern.compile("i-[0-9a-f]{8}([0-9a-f]{9})?");

    private final Ec2Place here;

    InstanceAccess(Ec2Place here) {
        this.here = here;
    }

    StoredInstance get(String id) {
        return all(List.of(LaunchChecks.require(id, "InstanceId"))).get(0);
    }

    /** Finds all of them or fails for all: one bad id spoils the batch, as on AWS. */
    List<StoredInstance> all(List<String> ids) {
        for (String id : ids) {
            if (!ID.matcher(id).matches()) {
                throw refused("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
            }
        }
        List<String> missing = ids.stream().filter(id -> !isVisible(id)).toList();
        if (missing.size() == 1) {
            throw refused("InvalidInstanceID.NotFound", "The instance ID '" + missing.get(0) + "' does not exist");
        }
        if (!missing.isEmpty()) {
            throw refused(
                    "InvalidInstanceID.NotFound", "The instance IDs '" + String.join(", ", missing) + "' do not exist");
        }
        return ids.stream().map(here.instances()::get).toList();
    }

    private boolean isVisible(String id) {
        StoredInstance instance = here.instances().get(id);
        return instance != null && instance.isVisibleAt(here.now());
    }
}
