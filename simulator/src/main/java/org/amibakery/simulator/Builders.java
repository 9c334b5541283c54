package org.amibakery.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.amibakery.simulator.sandbox.RealBuilders;
import org.amibakery.simulator.ssm.CommandRunner;
import org.amibakery.simulator.ssm.ScriptedRunner;
import org.amibakery.simulator.world.Machines;
import org.amibakery.simulator.world.NoMachines;

/**
 * What builders are: mere states and printed lines, or real machines.
 *
 * @param machines what stands behind instances
 * @param runner what runs commands
 * @param real the sandbox they live in, if they are real
 */
record Builders(Machines machines, CommandRunner runner, Optional<RealBuilders> real) implements AutoCloseable {
    /** Takes those the options ask for; the environment leads a real builder's programs to the simulator. */
    static Builders of(SimulatorOptions options, Supplier<Map<String, String>> environment) {
        return options.sandbox()
                .map(folder -> RealBuilders.in(folder, environment))
                .map(real -> new Builders(real.machines(), real.runner(), Optional.of(real)))
                .orElseGet(() -> new Builders(
                        new NoMachines(), new ScriptedRunner(options.clock(), options.timings()), Optional.empty()));
    }

    @Override
    public void close() {
        real.ifPresent(RealBuilders::close);
    }
}
