package org.amibakery.simulator.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Carries one AWS error from a handler to the caller, in whichever of the five error forms the service speaks.
 *
 * <p>Handlers throw this and nothing else for AWS errors: the code on the wire is not the SDK's class name, and SDK
 * exceptions decorate their message.
 */
public final class SimulatorError extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, String> members;

    private SimulatorError(int status, String code, String message, Map<String, String> members) {
        super(message, null, false, false);
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException("An AWS error has an HTTP status of 300 to 599, not " + status);
        }
        this.status = status;
        this.code = Objects.requireNonNull(code, "code");
        this.members = Map.copyOf(members);
    }

    /** Refuses the request as the caller's fault: HTTP status 400. */
    public static SimulatorError refused(String code, String message) {
        return of(400, code, message);
    }

    /** Builds an error of any HTTP status of 300 to 599; an empty message is sent as no message. */
    public static SimulatorError of(int status, String code, String message) {
        return new SimulatorError(status, code, Objects.requireNonNull(message, "message"), Map.of());
    }

    /** Adds a member of the modelled exception by its wire name, such as SSM's {@code ParameterName}. */
    public SimulatorError with(String member, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new SimulatorError(status, code, getMessage(), more);
    }

    /** Tells the HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Tells the error code as it goes over the wire, such as {@code InvalidInstanceID.NotFound}. */
    public String code() {
        return code;
    }

    /** Lists the extra members by wire name. */
    public Map<String, String> members() {
        return members;
    }
}
