package org.amibakery.simulator.ssm;

import java.util.List;

/**
 * Describes one step of a document, before parameters are put in.
 *
 * @param name the step's name, unique in the document
 * @param action the plugin, such as aws:runShellScript
 * @param lines the script's lines; a line may itself have several
 * @param timeoutSeconds the running time allowed, as the document's text
 */
record StepSpec(String name, String action, List<String> lines, String timeoutSeconds) {
    StepSpec {
        lines = List.copyOf(lines);
    }
}
