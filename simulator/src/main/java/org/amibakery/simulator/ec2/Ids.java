package org.amibakery.simulator.ec2;

import java.util.Random;
import org.amibakery.simulator.world.Place;

/** Makes resource ids as AWS writes them: a prefix and 17 hexadecimal digits. The same seed gives the same ids. */
final class Ids {
    private final Random random;

    Ids(long seed, Place place) {
        random = new Random(seed * 31 + place.hashCode());
    }

    synchronized String next(String prefix) {
        long high = random.nextLong() & 0xFFFFL;
        return String.format("%s-0%04x%012x", prefix, high, random.nextLong() & 0xFFFFFFFFFFFFL);
    }

    synchronized String hex(int digits) {
        StringBuilder text = new StringBuilder();
        while (text.length() < digits) {
            text.append(Integer.toHexString(random.nextInt(16)));
        }
        return text.toString();
    }
}
