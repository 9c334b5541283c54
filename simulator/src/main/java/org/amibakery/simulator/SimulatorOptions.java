package org.amibakery.simulator;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;

/**
 * How a simulator is set up. Every {@code with} method returns a changed copy.
 *
 * @param host the address to listen on: loopback by default, and never another unless the network around is closed
 * @param port TCP port there; 0, the default, takes a free one
 * @param clock tells the time and divides AWS's durations; real time at speed 1 by default
 * @param seed decides ids and the order of unordered lists; 1 by default
 * @param account the 12 digits of the account the demo credentials act for
 * @param region where the region-less parts live
 * @param timings how long things take on AWS
 * @param requestLimits whether EC2's published request limits are enforced; they are by default
 * @param sandbox the folder in which builders live as real machines; none by default: they are scripted then
 */
public record SimulatorOptions(
        String host,
        int port,
        SimulatorClock clock,
        long seed,
        String account,
        String region,
        Timings timings,
        RequestLimiting requestLimits,
        Optional<Path> sandbox) {

    /** Whether callers are throttled as EC2 would. */
    public enum RequestLimiting {
        ENFORCED,
        OFF
    }

    private static final String LOOPBACK = "127.0.0.1";

    public SimulatorOptions {
        requireNonNull(host, "host");
        requireNonNull(clock, "clock");
        requireNonNull(account, "account");
        requireNonNull(region, "region");
        requireNonNull(timings, "timings");
        requireNonNull(requestLimits, "requestLimits");
        requireNonNull(sandbox, "sandbox");
    }

    /** A free port, real time, AWS's ordinary durations and limits, account 123456789012, region us-east-1. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                LOOPBACK,
                0,
                SimulatorClock.atSpeed(1),
                1,
                "123456789012",
                "us-east-1",
                Timings.realistic(),
                RequestLimiting.ENFORCED,
                Optional.empty());
    }

    /** Everything at once and no limits, for tests that are not about time. */
    public static SimulatorOptions forTests() {
        return defaults().withTimings(Timings.instant()).withRequestLimits(RequestLimiting.OFF);
    }

    /** Listens on another address than loopback, such as a container's; whoever reaches it can use the simulator. */
    public SimulatorOptions withHost(String newHost) {
        return new SimulatorOptions(newHost, port, clock, seed, account, region, timings, requestLimits, sandbox);
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(host, newPort, clock, seed, account, region, timings, requestLimits, sandbox);
    }

    /** Sets the speed that AWS's durations are divided by; greater than 0. */
    public SimulatorOptions withSpeed(double speed) {
        return withClock(SimulatorClock.atSpeed(speed));
    }

    public SimulatorOptions withClock(SimulatorClock newClock) {
        return new SimulatorOptions(host, port, newClock, seed, account, region, timings, requestLimits, sandbox);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(host, port, clock, newSeed, account, region, timings, requestLimits, sandbox);
    }

    public SimulatorOptions withAccount(String newAccount) {
        return new SimulatorOptions(host, port, clock, seed, newAccount, region, timings, requestLimits, sandbox);
    }

    public SimulatorOptions withRegion(String newRegion) {
        return new SimulatorOptions(host, port, clock, seed, account, newRegion, timings, requestLimits, sandbox);
    }

    public SimulatorOptions withTimings(Timings newTimings) {
        return new SimulatorOptions(host, port, clock, seed, account, region, newTimings, requestLimits, sandbox);
    }

    public SimulatorOptions withRequestLimits(RequestLimiting newLimits) {
        return new SimulatorOptions(host, port, clock, seed, account, region, timings, newLimits, sandbox);
    }

    /** Lets builders be real machines, which live in this folder; see {@code docs/simulator.md} for what it takes. */
    public SimulatorOptions withSandbox(Path folder) {
        return new SimulatorOptions(
                host, port, clock, seed, account, region, timings, requestLimits, Optional.of(folder));
    }
}
