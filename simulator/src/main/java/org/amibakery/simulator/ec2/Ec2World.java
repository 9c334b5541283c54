package org.amibakery.simulator.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.simulator.world.ImageCatalog;
import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.Ledger;
import org.amibakery.simulator.world.Machines;
import org.amibakery.simulator.world.ParameterStore;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;

/** EC2 in all accounts and regions; a place comes into being, with its seed, when it is first asked for. */
public final class Ec2World {
    /** Which request limits apply. */
    public enum Limits {
        /** EC2's default token buckets, per account, region and operation. */
        PUBLISHED,
        NONE
    }

    /** Exists in every account from the start; others only once a fact creates them. */
    public static final String SEEDED_PROFILE = "ami-bakery-builder";

    private final SimulatorClock clock;
    private final Timings timings;
    private final long seed;
    private final Ledger ledger;
    private final Machines machines;
    private final Limits limits;
    private final Map<String, RegionImages> regions = new TreeMap<>();
    private final Map<String, SimulatedEc2> places = new TreeMap<>();

    /** Starts empty. Machines that power themselves off stop or terminate their instances. */
    public Ec2World(SimulatorClock clock, Timings timings, long seed, Ledger ledger, Limits limits, Machines machines) {
        this.clock = clock;
        this.timings = timings;
        this.seed = seed;
        this.ledger = ledger;
        this.limits = limits;
        this.machines = machines;
        machines.whenPoweredOff(this::poweredOff);
    }

    /** Finds EC2 as one account sees it in one region. */
    public SimulatedEc2 at(Place place) {
        synchronized (this) {
            return places.computeIfAbsent(place.account() + "/" + place.region(), unused -> open(place));
        }
    }

    private SimulatedEc2 open(Place place) {
        Ec2Place here = new Ec2Place(
                new Ec2Place.Surroundings(this, clock, timings, seed, ledger, machines, this::imagesIn), place);
        Instant now = clock.now();
        here.behaviour().addProfile(SEEDED_PROFILE, now);
        StoredGroup group = new StoredGroup(
                here.ids().next("sg"),
                place,
                now,
                Ec2Resource.Origin.SEEDED,
                new StoredGroup.Naming("default", "default VPC security group"));
        here.groups().put(group.id(), group);
        FoundationImages vendors = new FoundationImages(imagesIn(place.region()), place.region(), seed);
        return new SimulatedEc2(here, Nouns.of(here, vendors), new RequestLimits(clock), limits);
    }

    private RegionImages imagesIn(String region) {
        return regions.computeIfAbsent(region, unused -> {
            RegionImages images = new RegionImages();
            new FoundationImages(images, region, seed).publishAll(clock.now());
            return images;
        });
    }

    private void poweredOff(String instanceId) {
        List<SimulatedEc2> everywhere;
        synchronized (this) {
            everywhere = List.copyOf(places.values());
        }
        everywhere.forEach(place -> place.poweredOff(instanceId));
    }

    /** Finds the switchboard of a place. */
    public Ec2Facts factsAt(Place place) {
        return at(place).facts();
    }

    /** Finds the instances of a place as Systems Manager sees them. */
    public InstanceFleet fleetAt(Place place) {
        return at(place).fleet();
    }

    /** Finds the images of a place for services that check image ids. */
    public ImageCatalog imagesAt(Place place) {
        return at(place).catalog();
    }

    /** Lets EC2 resolve parameters and find those that refer to images; none until then. */
    public void connect(Place place, ParameterStore parameters) {
        at(place).connect(parameters);
    }
}
