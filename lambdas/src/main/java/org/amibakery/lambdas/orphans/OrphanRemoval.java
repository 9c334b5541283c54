package org.amibakery.lambdas.orphans;

import static org.amibakery.lambdas.orphans.Descriptions.filter;

import java.util.List;
import java.util.Optional;
import org.amibakery.lambdas.AwsCalls;
import org.amibakery.lambdas.Refusal;
import org.amibakery.lambdas.RegionalEc2;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Removes one orphan, having looked at it once more: the judgement may be minutes old.
 *
 * <p>Left alone is what is gone, tagged otherwise than it was, attached again, or used by something that lives: of an
 * image, any instance not on its way out, so that it goes in the run after the one that ends the instance if the
 * instance was an orphan that could not be removed. Never throws for an answer of AWS. May run more than once.
 */
public final class OrphanRemoval {
    private final RegionalEc2 ec2;
    private final String stack;

    /** Takes the clients, and the stack whose tag marks ownership. */
    public OrphanRemoval(RegionalEc2 ec2, String stack) {
        this.ec2 = ec2;
        this.stack = stack;
    }

    /** Removes what the rule called an orphan, and tells how it went. */
    public Removal remove(OwnResource orphan) {
        Ec2Client client = ec2.in(orphan.region());
        Sight sight;
        try {
            sight = look(client, orphan);
        } catch (SdkException error) {
            return failed(orphan, orphan.kind().look(), error);
        }
        if (sight.now().isEmpty()) {
            return Removal.removed(orphan, "was gone already");
        }
        return reasonToKeep(orphan, sight)
                .map(reason -> Removal.kept(orphan, reason))
                .orElseGet(() -> remove(client, orphan, sight.snapshots()));
    }

    /** What a last look showed; the snapshots are those of an image. */
    private record Sight(Optional<Described> now, List<String> users, Snapshots snapshots) {}

    /** Whether the snapshots of an image go with it. */
    private enum Snapshots {
        GO_ALONG,
        STAY
    }

    private Sight look(Ec2Client client, OwnResource orphan) {
        Descriptions descriptions = new Descriptions(client);
        Optional<Described> now = descriptions.find(orphan.kind(), orphan.id()).filter(Described::exists);
        List<String> users =
                new Users(client).of(orphan.kind(), List.of(orphan.id())).getOrDefault(orphan.id(), List.of());
        List<String> parts = now.map(Described::parts).orElse(List.of());
        return new Sight(now, users, snapshots(descriptions, orphan, parts));
    }

    /**
     * Lets EC2 delete the snapshots with the image if all of them are of the same bake and none is good. What stays carries
     * the bake's tags, and is judged by itself.
     */
    private Snapshots snapshots(Descriptions descriptions, OwnResource image, List<String> parts) {
        if (parts.isEmpty()) {
            return Snapshots.STAY;
        }
        long going = descriptions.find(ResourceKind.SNAPSHOT, filter("snapshot-id", parts)).stream()
                .flatMap(snapshot -> snapshot.ownedBy(stack, image.region()).stream())
                .filter(snapshot -> snapshot.bake().equals(image.bake()))
                .filter(snapshot -> !snapshot.marks().areGood())
                .count();
        return going == parts.size() ? Snapshots.GO_ALONG : Snapshots.STAY;
    }

    private Optional<String> reasonToKeep(OwnResource orphan, Sight sight) {
        Described now = sight.now().orElseThrow();
        Optional<BakeMarks> marks = now.ownedBy(stack, orphan.region()).map(OwnResource::marks);
        if (marks.filter(orphan.marks()::equals).isEmpty()) {
            return Optional.of("is tagged otherwise than when it was judged; the next run judges anew");
        }
        if (!now.isDetached()) {
            return Optional.of("is " + now.state() + " now, so it goes with what holds it");
        }
        return sight.users().stream().findFirst().map(user -> "is in use by " + user + "; the next run looks again");
    }

    private static Removal remove(Ec2Client client, OwnResource orphan, Snapshots snapshots) {
        String id = orphan.id();
        try {
            switch (orphan.kind()) {
                case INSTANCE -> client.terminateInstances(ask -> ask.instanceIds(id));
                case VOLUME -> client.deleteVolume(ask -> ask.volumeId(id));
                case NETWORK_INTERFACE -> client.deleteNetworkInterface(ask -> ask.networkInterfaceId(id));
                case IMAGE ->
                    client.deregisterImage(
                            ask -> ask.imageId(id).deleteAssociatedSnapshots(snapshots == Snapshots.GO_ALONG));
                case SNAPSHOT -> client.deleteSnapshot(ask -> ask.snapshotId(id));
            }
            return Removal.removed(
                    orphan, orphan.kind() == ResourceKind.INSTANCE ? "is being terminated" : "is removed");
        } catch (SdkException error) {
            return Refusal.of(error) == Refusal.GONE
                    ? Removal.removed(orphan, "was gone already")
                    : failed(orphan, orphan.kind().removal(), error);
        }
    }

    private static Removal failed(OwnResource orphan, String operation, SdkException error) {
        String code = AwsCalls.codeOf(error);
        return Removal.failed(
                orphan,
                code,
                String.format(
                        "EC2 answered %s to %s of %s in %s: %s. %s",
                        code,
                        operation,
                        orphan.id(),
                        orphan.region(),
                        AwsCalls.messageOf(error),
                        Refusal.of(error).advice(operation)));
    }
}
