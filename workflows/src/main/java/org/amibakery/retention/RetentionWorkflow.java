package org.amibakery.retention;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Deletes the old images of one family, wherever they are, or tells which would go. */
@WorkflowInterface
public interface RetentionWorkflow {
    /** The type's name, which clients write. */
    String TYPE = "RetentionWorkflow";

    /** The id of a family's retention, of which one run is open at a time. */
    static String id(String family, String bakedIn) {
        return "retention/" + family + "/" + bakedIn;
    }

    /**
     * Plans, and deletes what it planned if asked to. What AWS refuses, and a region that cannot be reached, stand in the
     * report and stop nothing else; a recipe that cannot be read fails it at once.
     */
    @WorkflowMethod(name = TYPE)
    FamilyRetention run(RetentionRequest request);

    /** Tells how it stands. */
    @QueryMethod
    FamilyRetention progress();
}
