package org.amibakery.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.amibakery.simulator.sandbox.Machine;
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
 * @param sandbox where the machines are looked up
 * @param end what ends the machines
 */
record Builders(Machines machines, CommandRunner runner, Function<String, Optional<Machine>> sandbox, Runnable end)
        implements AutoCloseable {
    static Builders of(SimulatorOptions options, Supplier<Map<String, String>> environment) {
        return options.sandbox()
                .map(folder -> real(RealBuilders.in(folder, environment)))
                .orElseGet(() -> scripted(options));
    }

    private static Builders real(RealBuilders real) {
        return new Builders(real.machines(), real.runner(), real::machineOf, real::close);
    }

    private static Builders scripted(SimulatorOptions options) {
        ScriptedRunner runner = new ScriptedRunner(options.clock(), options.timings());
        return new Builders(new NoMachines(), runner, instance -> Optional.empty(), () -> {});
    }

    Optional<Machine> machineOf(String instanceId) {
        return sandbox.apply(instanceId);
    }

    @Override
    public void close() {
        end.run();
    }
}
