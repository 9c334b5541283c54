package org.amibakery.lambdas.cleanup;

import java.util.List;
import java.util.Optional;

/**
 * What is known about the use of an image.
 *
 * @param users what uses it, as EC2 names it: an ARN, an id, or a version of a launch template
 * @param unchecked what EC2 answered instead of telling whether there are more users; absent when everything could be
 *     asked
 */
public record Uses(List<String> users, Optional<String> unchecked) {
    public Uses {
        users = List.copyOf(users);
    }

    /** Tells why the image must stay, or nothing if it is proved unused. */
    Optional<String> reasonToKeep() {
        return users.stream()
                .findFirst()
                .map(user -> "is in use by " + user)
                .or(() -> unchecked.map(ImageUse::unchecked));
    }
}
