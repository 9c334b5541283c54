package org.amibakery.simulator.ssm;

import java.util.List;
import java.util.Map;

/**
 * Holds a parsed Command document of schema 2.2.
 *
 * @param description the text for people
 * @param parameters the declared parameters by name, in the document's order
 * @param steps the steps in running order; at least one
 */
record CommandDocument(String description, Map<String, ParameterSpec> parameters, List<StepSpec> steps) {
    static final String SCHEMA_VERSION = "2.2";

    CommandDocument {
        steps = List.copyOf(steps);
    }
}
