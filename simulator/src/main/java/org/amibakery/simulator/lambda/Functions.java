package org.amibakery.simulator.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatedFunction;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Uuids;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Keeps the functions of one simulated world and the log of their runs. Safe for use by several threads. */
public final class Functions {
    private final SimulatorClock clock;
    private final Uuids ids;
    private final Map<String, DeployedFunction> functions = new ConcurrentHashMap<>();
    private final List<RecordedInvocation> invocations = new CopyOnWriteArrayList<>();

    /** Starts without functions. */
    public Functions(SimulatorClock clock, Uuids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** Makes the Lambda an account sees in a region. */
    public LambdaClient clientFor(Place place) {
        return new SimulatedLambda(this, place);
    }

    /** Deploys code under a name, with Lambda's longest timeout of 15 minutes; answers the function's ARN. */
    public String deploy(Place place, String name, SimulatedFunction code) {
        return deploy(place, name, Duration.ofMinutes(15), code);
    }

    /** Deploys code under a name and timeout, replacing what had the name; answers the function's ARN. */
    public String deploy(Place place, String name, Duration timeout, SimulatedFunction code) {
        String arn = FunctionName.arn(place, name);
        functions.put(arn, new DeployedFunction(arn, name, timeout, code, clock.now()));
        return arn;
    }

    /** Changes what befalls the next invocations of a function; fails when it was never deployed. */
    public FunctionFacts facts(Place place, String name) {
        return find(FunctionName.arn(place, name))
                .map(FunctionFacts::new)
                .orElseThrow(() -> new IllegalArgumentException("No function " + name + " was deployed in " + place));
    }

    /** Lists every run of any function, in the order they ended. */
    public List<RecordedInvocation> invocations() {
        return List.copyOf(invocations);
    }

    Optional<DeployedFunction> find(String arn) {
        return Optional.ofNullable(functions.get(arn));
    }

    void record(RecordedInvocation invocation) {
        invocations.add(invocation);
    }

    SimulatorClock clock() {
        return clock;
    }

    String newRequestId() {
        return ids.next();
    }
}
