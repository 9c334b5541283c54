package org.amibakery.simulator.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps the buckets of one simulated world: their names are global, as S3's are. Safe for use by several threads.
 *
 * <p>{@link #clientFor} gives the view of one account from one region; both the wire and in-process callers use it.
 */
public final class Buckets {
    private static final String VERSION_ID_ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    private static final int VERSION_ID_LENGTH = 32;

    private final SimulatorClock clock;
    private final RandomGenerator random;
    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final Uploads uploads;

    /** Starts without buckets; times come from the clock, version ids from the random generator. */
    public Buckets(SimulatorClock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.uploads = new Uploads(this::newId);
    }

    /** Makes the S3 an account sees in a region. */
    public S3Client clientFor(Place place) {
        return new SimulatedS3(this, place);
    }

    /** Answers whether a bucket of that name exists, whoever owns it. */
    public boolean exists(String bucket) {
        return find(bucket).isPresent();
    }

    /** Stores an object in any bucket of the world; the bucket must exist. */
    public void deliver(String bucket, String key, byte[] bytes) {
        find(bucket).orElseThrow(() -> S3Errors.noSuchBucket(bucket)).put(key, contentOf(bytes));
    }

    /** Stores an object as the agent on an instance would: without the bucket it is lost. */
    public void deliverIfPresent(String bucket, String key, byte[] bytes) {
        find(bucket).ifPresent(target -> target.put(key, contentOf(bytes)));
    }

    private static ObjectContent contentOf(byte[] bytes) {
        return ObjectContent.whole(SdkBytes.fromByteArray(bytes), ObjectContent.Description.NONE, Map.of());
    }

    synchronized Optional<Bucket> find(String bucket) {
        return Optional.ofNullable(buckets.get(bucket));
    }

    synchronized List<Bucket> ownedBy(String account) {
        return buckets.values().stream()
                .filter(bucket -> bucket.place().account().equals(account))
                .toList();
    }

    /** Adds a bucket unless the name is taken; answers the bucket that has the name afterwards. */
    synchronized Bucket createIfAbsent(Bucket.Name name) {
        return buckets.computeIfAbsent(name.bucket(), unused -> new Bucket(name, clock, this::newId));
    }

    synchronized void remove(Bucket bucket) {
        buckets.remove(bucket.name(), bucket);
    }

    Uploads uploads() {
        return uploads;
    }

    private synchronized String newId() {
        return random.ints(VERSION_ID_LENGTH, 0, VERSION_ID_ALPHABET.length())
                .collect(
                        StringBuilder::new,
                        (id, at) -> id.append(VERSION_ID_ALPHABET.charAt(at)),
                        StringBuilder::append)
                .toString();
    }
}
