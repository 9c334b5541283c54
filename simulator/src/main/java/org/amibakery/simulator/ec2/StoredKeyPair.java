package org.amibakery.simulator.ec2;

import java.time.Instant;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.ResourceKind;

/** One key pair; the private half is handed out once and not kept. */
final class StoredKeyPair extends NamedResource {

    StoredKeyPair(String id, Place place, Instant now, String keyName) {
        super(id, place, now, Origin.REQUESTED, keyName);
    }

    @Override
    ResourceKind kind() {
        return ResourceKind.KEY_PAIR;
    }

    @Override
    String type() {
        return "key-pair";
    }
}
