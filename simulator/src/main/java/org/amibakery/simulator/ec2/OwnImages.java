package org.amibakery.simulator.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds images to the account that were there before the first request. */
final class OwnImages {
    private final Ec2Place here;

    OwnImages(Ec2Place here) {
        this.here = here;
    }

    StoredImage add(FoundationImage wanted, Map<String, String> tags) {
        StoredImage.Identity identity = new StoredImage.Identity(
                here.ids().next("ami"),
                wanted.name(),
                here.place(),
                wanted.createdAt(),
                wanted.createdAt(),
                Ec2Resource.Origin.SEEDED,
                Optional.empty(),
                wanted.architecture(),
                wanted.family());
        DeviceSpec root = FoundationImages.root(wanted.family());
        StoredSnapshot snapshot = here.track(new StoredSnapshot(
                new StoredSnapshot.Identity(
                        here.ids().next("snap"),
                        here.place(),
                        wanted.createdAt(),
                        Ec2Resource.Origin.SEEDED,
                        identity.id(),
                        "vol-ffffffff",
                        "Created by CreateImage for " + identity.id()),
                root,
                new Timeline(wanted.createdAt(), "completed")));
        StoredImage image = here.track(new StoredImage(
                identity,
                StoredImage.Source.NONE,
                List.of(root.withSnapshot(snapshot.id())),
                "",
                new Timeline(wanted.createdAt(), "available"),
                here.scaled(here.timings().deregisteredLinger())));
        image.tags().put(tags, here.now(), here.now());
        snapshot.tags().put(tags, here.now(), here.now());
        here.images().add(snapshot);
        here.images().add(image);
        return image;
    }
}
