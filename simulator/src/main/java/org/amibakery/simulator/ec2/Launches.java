package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.NewMachine;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** Launches instances. */
final class Launches {
    private static final Set<String> TAGGABLE =
            Set.of("instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu");

    private final Ec2Place here;
    private final LaunchChecks checks;
    private final LaunchTokens tokens;
    private final InstanceModels models;
    private final LaunchTemplates templates;
    private int lastAddress = 9;

    Launches(Ec2Place here, LaunchTemplates templates, InstanceModels models) {
        this.here = here;
        this.checks = new LaunchChecks(here);
        this.tokens = new LaunchTokens(here);
        this.templates = templates;
        this.models = models;
    }

    RunInstancesResponse run(RunInstancesRequest asked) {
        Optional<List<StoredInstance>> earlier = tokens.find(asked);
        if (earlier.isPresent()) {
            return answer(earlier.orElseThrow());
        }
        RunInstancesRequest request = templates.mergeInto(asked);
        int count = checks.count(request);
        LaunchSpec launch = checks.check(request);
        here.machines().reasonAgainst(launch.image().view()).ifPresent(reason -> {
            throw refused("InvalidParameterValue", reason);
        });
        TAGGABLE.forEach(type -> TagRules.tagsFor(type, request.tagSpecifications(), TAGGABLE));
        Subnets.SubnetSpec subnet = place(request, launch.type(), count);
        refuseBeyondQuota(launch.type(), count);
        List<StoredInstance> made = launch(new Batch(launch, subnet, count, Ec2Resource.Origin.REQUESTED));
        launch.image().launched(here.now());
        tokens.remember(asked, made);
        return answer(made);
    }

    /** Launches one instance that was there before the first request. */
    StoredInstance seed(RunInstancesRequest request) {
        LaunchSpec launch = checks.check(request);
        Subnets.SubnetSpec subnet = here.subnets().all().get(0);
        return launch(new Batch(launch, subnet, 1, Ec2Resource.Origin.SEEDED)).get(0);
    }

    private record Batch(LaunchSpec launch, Subnets.SubnetSpec subnet, int count, Ec2Resource.Origin origin) {}

    private RunInstancesResponse answer(List<StoredInstance> instances) {
        return RunInstancesResponse.builder()
                .reservationId(instances.get(0).reservationId())
                .ownerId(here.account())
                .instances(instances.stream().map(models::launched).toList())
                .build();
    }

    private Subnets.SubnetSpec place(RunInstancesRequest request, InstanceType type, int count) {
        Optional<String> subnetId = LaunchZone.subnetId(request);
        Optional<String> zone = LaunchZone.of(request, here.subnets());
        List<Subnets.SubnetSpec> candidates = subnetId.map(here.subnets()::get)
                .or(() -> zone.map(here.subnets()::inZone))
                .map(List::of)
                .orElse(here.subnets().all());
        Subnets.SubnetSpec subnet = candidates.stream()
                .filter(candidate -> here.behaviour().hasCapacity(type.name(), candidate.zone()))
                .min(Comparator.comparing(candidate -> here.behaviour().isFull(candidate.id())))
                .orElseThrow(() -> noCapacity(type, zone));
        if (here.behaviour().isFull(subnet.id())) {
            throw refused(
                    "InsufficientFreeAddressesInSubnet",
                    "There are not enough free addresses in subnet '" + subnet.id()
                            + "' to satisfy the requested number" + " of instances (" + count + ").");
        }
        return subnet;
    }

    /** EC2 answers 500, so the SDK retries it (scylla-machine-image#980). */
    private SimulatorError noCapacity(InstanceType type, Optional<String> zone) {
        String others = here.subnets().all().stream()
                .map(Subnets.SubnetSpec::zone)
                .filter(candidate -> here.behaviour().hasCapacity(type.name(), candidate))
                .collect(Collectors.joining(", "));
        String hint = others.isEmpty()
                ? ""
                : " You can currently get " + type.name() + " capacity by choosing " + others + ".";
        return SimulatorError.of(
                500,
                "InsufficientInstanceCapacity",
                "We currently do not have sufficient " + type.name()
                        + " capacity in the Availability Zone you requested ("
                        + zone.orElse("any") + "). Our system will be working on provisioning additional capacity."
                        + hint);
    }

    private void refuseBeyondQuota(InstanceType type, int count) {
        Instant now = here.now();
        List<StoredInstance> alive = here.instances().values().stream()
                .filter(instance -> instance.holdsCapacityAt(now))
                .toList();
        int vcpus = alive.stream()
                .mapToInt(instance -> instance.instanceType().vcpus())
                .sum();
        if (vcpus + type.vcpus() * count > here.behaviour().vcpuQuota()) {
            throw refused(
                    "VcpuLimitExceeded",
                    "You have requested more vCPU capacity than your current vCPU limit of "
                            + here.behaviour().vcpuQuota()
                            + " allows for the instance bucket that the specified instance"
                            + " type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an"
                            + " adjustment to this limit.");
        }
        if (alive.size() + count > here.behaviour().instanceQuota()) {
            throw refused(
                    "InstanceLimitExceeded",
                    "Your quota allows for " + (here.behaviour().instanceQuota() - alive.size())
                            + " more running instance(s). You requested at least " + count);
        }
    }

    private List<StoredInstance> launch(Batch batch) {
        String reservationId = here.ids().next("r");
        List<StoredInstance> made = new ArrayList<>();
        for (int index = 0; index < batch.count(); index++) {
            made.add(launchOne(batch, reservationId));
        }
        return made;
    }

    private StoredInstance launchOne(Batch batch, String reservationId) {
        Instant now = here.now();
        Duration lag = here.behaviour().instanceVisibility(here.timings().visibility());
        boolean seeded = batch.origin() == Ec2Resource.Origin.SEEDED;
        StoredInstance.Identity identity = new StoredInstance.Identity(
                here.ids().next("i"),
                reservationId,
                here.place(),
                nextAddress(),
                now,
                seeded ? now : here.after(lag),
                batch.origin());
        Timeline life = seeded ? new Timeline(now, "running") : life(now);
        StoredInstance instance = here.track(new StoredInstance(
                identity,
                batch.launch(),
                batch.subnet(),
                life,
                here.scaled(here.timings().terminatedLinger())));
        here.instances().put(instance.id(), instance);
        here.tag(instance, tags("instance", batch.launch()));
        attach(instance, batch);
        if (!seeded && life.entering("terminated").isEmpty()) {
            powerOn(instance);
        }
        return instance;
    }

    private Timeline life(Instant now) {
        Timeline life = new Timeline(now, "pending");
        Instant booted = here.after(here.timings().boot());
        Optional<Behaviour.Death> death = here.behaviour().nextDeath();
        death.ifPresent(cause -> life.enter(booted, "terminated", cause.reasonCode(), cause.message()));
        return life;
    }

    private void powerOn(StoredInstance instance) {
        LaunchSpec launch = instance.launch();
        NewMachine machine = new NewMachine(instance.id(), launch.image().view(), userData(launch.request()));
        here.whenDone(here.machines().launch(machine), here.after(here.timings().boot()), (at, failure) -> {
            failure.ifPresentOrElse(
                    cause -> instance.failsToBoot(at, here.now(), cause.getMessage()),
                    () -> instance.boots(at, here.now()));
            instance.timeline().entering("terminated").ifPresent(end -> here.volumesOf(instance.id())
                    .forEach(volume -> volume.instanceEnds(end)));
        });
    }

    private static String userData(RunInstancesRequest request) {
        return Optional.ofNullable(request.userData())
                .map(encoded -> new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8))
                .orElse("");
    }

    private void attach(StoredInstance instance, Batch batch) {
        Instant now = here.now();
        for (DeviceSpec device : batch.launch().devices()) {
            StoredVolume volume = here.track(new StoredVolume(
                    here.ids().next("vol"),
                    here.place(),
                    now,
                    batch.origin(),
                    batch.subnet().zone(),
                    device,
                    Optional.of(instance.id())));
            here.volumes().put(volume.id(), volume);
            here.tag(volume, tags("volume", batch.launch()));
            instance.timeline().entering("terminated").ifPresent(volume::instanceEnds);
        }
        StoredInterface card =
                here.track(new StoredInterface(here.ids().next("eni"), here.place(), now, batch.origin(), instance));
        here.interfaces().put(card.id(), card);
        here.tag(card, tags("network-interface", batch.launch()));
    }

    private static Map<String, String> tags(String type, LaunchSpec launch) {
        return TagRules.tagsFor(type, launch.request().tagSpecifications(), TAGGABLE);
    }

    private String nextAddress() {
        lastAddress++;
        return "172.31." + lastAddress / 256 % 48 + "." + lastAddress % 256;
    }
}
