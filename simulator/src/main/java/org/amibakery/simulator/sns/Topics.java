package org.amibakery.simulator.sns;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Uuids;
import software.amazon.awssdk.services.sns.SnsClient;

/** Keeps the topics of one simulated world and what was published to them. Safe for use by several threads. */
public final class Topics {
    private final SimulatorClock clock;
    private final Uuids ids;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private final List<PublishedMessage> published = new CopyOnWriteArrayList<>();

    /** Starts without topics. */
    public Topics(SimulatorClock clock, Uuids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** Makes the SNS an account sees in a region. */
    public SnsClient clientFor(Place place) {
        return new SimulatedSns(this, place);
    }

    /** Makes sure a topic exists and answers its ARN. */
    public String topic(Place place, String name) {
        String arn = "arn:aws:sns:" + place.region() + ":" + place.account() + ":" + name;
        topics.add(arn);
        return arn;
    }

    /** Lists what was published to any topic, oldest first. */
    public List<PublishedMessage> published() {
        return List.copyOf(published);
    }

    boolean exists(String arn) {
        return topics.contains(arn);
    }

    List<String> arnsIn(Place place) {
        String prefix = "arn:aws:sns:" + place.region() + ":" + place.account() + ":";
        return topics.stream().filter(arn -> arn.startsWith(prefix)).sorted().toList();
    }

    void add(PublishedMessage message) {
        published.add(message);
    }

    SimulatorClock clock() {
        return clock;
    }

    String newMessageId() {
        return ids.next();
    }
}
