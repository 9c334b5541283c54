package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How EC2 behaves in one place beyond its rules: capacity, quotas, and what befalls the next instance or image. */
final class Behaviour {
    private static final String ANY_ZONE = "*";

    /** What befalls an instance while it is pending. */
    record Death(String reasonCode, String message) {}

    /** What becomes of an image instead of available; without a reason it stays pending. */
    record Misfortune(Optional<String> failure) {}

    private final Set<String> exhausted = new HashSet<>();
    private final Map<String, Instant> profiles = new HashMap<>();
    private final Deque<Death> deaths = new ArrayDeque<>();
    private final Deque<Misfortune> misfortunes = new ArrayDeque<>();
    private final Set<String> fullSubnets = new HashSet<>();
    private final Map<String, List<String>> recipes = new HashMap<>();
    private Optional<Duration> tagLag = Optional.empty();
    private Optional<Duration> instanceLag = Optional.empty();
    private Optional<Duration> imageLag = Optional.empty();
    private Optional<Duration> imageTime = Optional.empty();
    private int vcpuQuota = 2_048;
    private int instanceQuota = 1_000;
    private boolean publicSharingBlocked = true;
    private boolean deadTokensAnswered;

    void exhaust(String type) {
        exhausted.add(type + ANY_ZONE);
    }

    void exhaust(String type, String zone) {
        exhausted.add(type + zone);
    }

    void replenish() {
        exhausted.clear();
        fullSubnets.clear();
    }

    boolean hasCapacity(String type, String zone) {
        return !exhausted.contains(type + ANY_ZONE) && !exhausted.contains(type + zone);
    }

    void fill(String subnetId) {
        fullSubnets.add(subnetId);
    }

    boolean isFull(String subnetId) {
        return fullSubnets.contains(subnetId);
    }

    /** Makes an instance profile usable from an instant on. */
    void addProfile(String name, Instant usableFrom) {
        profiles.put(name, usableFrom);
    }

    boolean knowsProfile(String name, Instant now) {
        Instant usableFrom = profiles.get(name);
        return usableFrom != null && !now.isBefore(usableFrom);
    }

    void add(Death death) {
        deaths.addLast(death);
    }

    Optional<Death> nextDeath() {
        return Optional.ofNullable(deaths.pollFirst());
    }

    void add(Misfortune misfortune) {
        misfortunes.addLast(misfortune);
    }

    Optional<Misfortune> nextMisfortune() {
        return Optional.ofNullable(misfortunes.pollFirst());
    }

    void addRecipe(String imageId, String arn) {
        recipes.computeIfAbsent(imageId, unused -> new ArrayList<>()).add(arn);
    }

    List<String> recipesUsing(String imageId) {
        return recipes.getOrDefault(imageId, List.of());
    }

    void delayTags(Duration lag) {
        tagLag = Optional.of(lag);
    }

    Duration tagLag(Duration usual) {
        return tagLag.orElse(usual);
    }

    void delayInstances(Duration lag) {
        instanceLag = Optional.of(lag);
    }

    void delayImages(Duration lag) {
        imageLag = Optional.of(lag);
    }

    Duration imageVisibility(Duration usual) {
        return imageLag.orElse(usual);
    }

    Duration instanceVisibility(Duration usual) {
        return instanceLag.orElse(usual);
    }

    void takeForImages(Duration time) {
        imageTime = Optional.of(time);
    }

    Duration imageTimeOr(Duration usual) {
        return imageTime.orElse(usual);
    }

    void vcpuQuota(int vcpus) {
        vcpuQuota = vcpus;
    }

    int vcpuQuota() {
        return vcpuQuota;
    }

    void instanceQuota(int instances) {
        instanceQuota = instances;
    }

    int instanceQuota() {
        return instanceQuota;
    }

    void allowPublicSharing() {
        publicSharingBlocked = false;
    }

    boolean isPublicSharingBlocked() {
        return publicSharingBlocked;
    }

    void answerDeadTokens() {
        deadTokensAnswered = true;
    }

    boolean answersDeadTokens() {
        return deadTokensAnswered;
    }
}
