package org.amibakery.simulator.ssm;

import org.amibakery.simulator.world.ImageCatalog;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.Place;

/** Shows Systems Manager what EC2 has in each place. */
public interface Neighbours {
    /** Answers the instances of a place, always the same object. */
    InstanceFleet instances(Place place);

    /** Answers the images of a place. */
    ImageCatalog images(Place place);
}
