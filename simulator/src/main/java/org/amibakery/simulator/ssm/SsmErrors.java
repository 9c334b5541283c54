package org.amibakery.simulator.ssm;

import org.amibakery.simulator.wire.SimulatorError;

/** Words the errors of Systems Manager; all are HTTP 400. Some carry no message on AWS, so they carry none here. */
final class SsmErrors {
    private SsmErrors() {}

    static SimulatorError invalid(String member, String value, String constraint) {
        return SimulatorError.refused(
                "ValidationException",
                "1 validation error detected: Value '" + value + "' at '" + member + "' failed to satisfy constraint: "
                        + constraint);
    }

    static SimulatorError validation(String message) {
        return SimulatorError.refused("ValidationException", message);
    }

    static SimulatorError invalidDocument(String name) {
        return SimulatorError.refused("InvalidDocument", "Document with name " + name + " does not exist.");
    }

    static SimulatorError invalidDocumentContent(String message) {
        return SimulatorError.refused("InvalidDocumentContent", message);
    }

    static SimulatorError invalidParameters(String message) {
        return SimulatorError.refused("InvalidParameters", message);
    }

    static SimulatorError invalidInstances(String ids, String account) {
        return SimulatorError.refused(
                "InvalidInstanceId", "Instances [[" + ids + "]] not in a valid state for account " + account);
    }

    static SimulatorError invocationDoesNotExist() {
        return SimulatorError.refused("InvocationDoesNotExist", "");
    }

    static SimulatorError invalidCommandId() {
        return SimulatorError.refused("InvalidCommandId", "");
    }

    static SimulatorError parameterNotFound(String name) {
        return SimulatorError.refused("ParameterNotFound", "Parameter " + name + " not found.");
    }
}
