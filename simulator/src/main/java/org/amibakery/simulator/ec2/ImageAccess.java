package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;

/** Finds images by id with the errors EC2 gives, which depend on what the caller wants to do. */
final class ImageAccess {
    private static final Pattern ID = Pattern.compile("ami-[0-9a-f]{8}([0-9a-f]{9})?");

    private final Ec2Place here;

    ImageAccess(Ec2Place here) {
        this.here = here;
    }

    /** Finds an image the caller may see, whatever its state. */
    StoredImage get(String id) {
        if (!ID.matcher(LaunchChecks.require(id, "ImageId")).matches()) {
            throw refused("InvalidAMIID.Malformed", "Invalid id: \"" + id + "\"");
        }
        return here.images()
                .image(id)
                .filter(image -> image.isSharedWith(here.account()))
                .filter(image -> image.isVisibleAt(here.now()) || image.isGoneAt(here.now()))
                .orElseThrow(() -> notFound(id));
    }

    /** Finds an image that was not deregistered. */
    StoredImage registered(String id) {
        StoredImage image = get(id);
        if (image.isGoneAt(here.now())) {
            throw unavailable("The image ID '" + id + "' is no longer available");
        }
        return image;
    }

    /** Finds an image of the caller's own that was not deregistered. */
    StoredImage own(String id) {
        StoredImage image = registered(id);
        if (!image.owner().equals(here.account())) {
            throw refused("AuthFailure", "Not authorized for image:" + id);
        }
        return image;
    }

    /** Finds an image an instance can be launched from. */
    StoredImage launchable(String id) {
        StoredImage image = registered(id);
        String state = image.stateAt(here.now());
        if (!state.equals("available")) {
            throw unavailable(
                    "The image ID '" + id + "' is in state '" + state + "', from which no instance can be launched");
        }
        return image;
    }

    static SimulatorError notFound(String id) {
        return refused("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
    }

    private static SimulatorError unavailable(String message) {
        return refused("InvalidAMIID.Unavailable", message);
    }
}
