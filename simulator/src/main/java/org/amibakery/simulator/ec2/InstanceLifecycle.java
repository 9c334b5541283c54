package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** Stops, starts and terminates instances, asked by the caller or by fate. */
final class InstanceLifecycle {
    private static final String BY_USER = "Client.UserInitiatedShutdown";

    private final Ec2Place here;
    private final InstanceAccess access;
    private final List<String> justTerminated = new ArrayList<>();

    InstanceLifecycle(Ec2Place here) {
        this.here = here;
        this.access = new InstanceAccess(here);
    }

    TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
        List<StoredInstance> instances = named(request.instanceIds());
        instances.forEach(InstanceLifecycle::refuseProtected);
        return TerminateInstancesResponse.builder()
                .terminatingInstances(instances.stream()
                        .map(instance -> change(instance, () -> terminate(instance, BY_USER)))
                        .toList())
                .build();
    }

    StopInstancesResponse stop(StopInstancesRequest request) {
        List<StoredInstance> instances = named(request.instanceIds());
        instances.forEach(instance -> requireState(instance, "stopped", "running", "stopping", "stopped"));
        return StopInstancesResponse.builder()
                .stoppingInstances(instances.stream()
                        .map(instance -> change(instance, () -> stop(instance)))
                        .toList())
                .build();
    }

    StartInstancesResponse start(StartInstancesRequest request) {
        List<StoredInstance> instances = named(request.instanceIds());
        instances.forEach(instance -> requireState(instance, "started", "stopped", "running", "pending"));
        return StartInstancesResponse.builder()
                .startingInstances(instances.stream()
                        .map(instance -> change(instance, () -> start(instance)))
                        .toList())
                .build();
    }

    GetConsoleOutputResponse consoleOutput(GetConsoleOutputRequest request) {
        StoredInstance instance = access.get(request.instanceId());
        String text = here.machines().console(instance.id()).orElseGet(() -> bootedLinux(instance));
        return GetConsoleOutputResponse.builder()
                .instanceId(instance.id())
                .timestamp(here.now())
                .output(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private String bootedLinux(StoredInstance instance) {
        return instance.timeline().isAt(here.now(), "pending")
                ? ""
                : "[    0.000000] Linux version (simulated)\r\nCloud-init finished. Datasource DataSourceEc2Local.\r\n";
    }

    /** Ends an instance with whatever hangs on it, unless it is ending already. */
    void terminate(StoredInstance instance, String reasonCode) {
        Instant now = here.now();
        if (instance.isEnding(now)) {
            return;
        }
        String message = reasonCode + ": " + words(reasonCode);
        instance.shutDown(now, reasonCode, message);
        here.whenDone(
                here.machines().terminate(instance.id()),
                here.after(here.timings().terminate()),
                (at, failure) -> {
                    instance.terminated(at, reasonCode, message);
                    here.volumesOf(instance.id()).forEach(volume -> volume.instanceEnds(at));
                });
        here.images().images().stream()
                .filter(image -> image.source().instanceId().equals(instance.id()))
                .forEach(image -> image.instanceEnds(now));
        justTerminated.add(instance.id());
    }

    /** Follows a shutdown from inside: InstanceInitiatedShutdownBehavior decides. */
    void shutDown(StoredInstance instance) {
        if (InstanceAttributes.shutdownBehavior(instance).equals("terminate")) {
            terminate(instance, "Client.InstanceInitiatedShutdown");
        } else {
            stop(instance);
        }
    }

    /** Tells, once, which instances began to terminate, so that listeners hear of it outside the lock. */
    List<String> takeJustTerminated() {
        List<String> taken = List.copyOf(justTerminated);
        justTerminated.clear();
        return taken;
    }

    private void stop(StoredInstance instance) {
        Instant now = here.now();
        if (instance.timeline().isAt(now, "running", "pending")) {
            String message = BY_USER + ": " + words(BY_USER);
            instance.stop(now, BY_USER, message);
            here.whenDone(
                    here.machines().stop(instance.id()),
                    here.after(here.timings().stop()),
                    (at, failure) -> {
                        if (instance.timeline().isAt(here.now(), "stopping")) {
                            instance.timeline().enter(at, "stopped", BY_USER, message);
                        }
                    });
        }
    }

    private void start(StoredInstance instance) {
        Instant now = here.now();
        if (instance.timeline().isAt(now, "stopped")) {
            instance.start(now);
            here.whenDone(
                    here.machines().start(instance.id()),
                    here.after(here.timings().boot()),
                    (at, failure) -> instance.boots(at, here.now()));
        }
    }

    private List<StoredInstance> named(List<String> ids) {
        if (ids.isEmpty()) {
            throw refused("MissingParameter", "The request must contain the parameter InstanceId");
        }
        return access.all(ids);
    }

    private InstanceStateChange change(StoredInstance instance, Runnable action) {
        String before = instance.stateAt(here.now());
        action.run();
        String after = instance.stateAt(here.now());
        boolean accepted = !before.equals(after);
        return InstanceStateChange.builder()
                .instanceId(instance.id())
                .previousState(InstanceModels.state(before))
                .currentState(InstanceModels.state(accepted ? onTheWay(after) : after))
                .build();
    }

    /** EC2 answers with the passing state, however quickly the final one follows. */
    private static String onTheWay(String state) {
        return switch (state) {
            case "terminated" -> "shutting-down";
            case "stopped" -> "stopping";
            case "running" -> "pending";
            default -> state;
        };
    }

    private void requireState(StoredInstance instance, String verb, String... states) {
        if (!instance.timeline().isAt(here.now(), states)) {
            throw incorrectState(
                    "This instance '" + instance.id() + "' is not in a state from which it can be " + verb + ".");
        }
    }

    static SimulatorError incorrectState(String message) {
        return refused("IncorrectInstanceState", message);
    }

    private static void refuseProtected(StoredInstance instance) {
        if (instance.isTerminationProtected()) {
            throw refused(
                    "OperationNotPermitted",
                    "The instance '" + instance.id() + "' may not be terminated. Modify its 'disableApiTermination'"
                            + " instance attribute and try again.");
        }
    }

    private static String words(String reasonCode) {
        return switch (reasonCode) {
            case BY_USER -> "User initiated shutdown";
            case "Client.InstanceInitiatedShutdown" -> "Instance initiated shutdown";
            case "Server.SpotInstanceTermination" -> "Spot instance termination";
            default -> "Simulated";
        };
    }
}
