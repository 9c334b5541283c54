package org.amibakery.acceptance.architecture.offenders;

import io.temporal.client.WorkflowClient;
import org.amibakery.acceptance.architecture.AsIfIn;
import org.amibakery.acceptance.architecture.Folder;

/** Asks Temporal from within a Lambda function. */
@AsIfIn(Folder.LAMBDAS)
public final class TemporalFunction {
    public String namespace(WorkflowClient temporal) {
        return temporal.getOptions().getNamespace();
    }
}
