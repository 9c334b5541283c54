package org.amibakery.cli;

import org.amibakery.bake.BakeReport;

/**
 * Says which recipe is baked where.
 *
 * @param region empty where an id of somebody's own making does not tell
 */
record BakeName(String recipe, String region) {
    private static final String PREFIX = "bake/";

    /** Reads a workflow id; one that is not of our making is taken for the recipe's name. */
    static BakeName ofId(String workflowId) {
        int slash = workflowId.lastIndexOf('/');
        if (workflowId.startsWith(PREFIX) && slash > PREFIX.length()) {
            return new BakeName(workflowId.substring(PREFIX.length(), slash), workflowId.substring(slash + 1));
        }
        return new BakeName(workflowId, "");
    }

    /** As the bake itself says, or as its id does while it has not planned yet. */
    static BakeName of(BakeReport report) {
        return report.recipe().isEmpty() ? ofId(report.workflowId()) : new BakeName(report.recipe(), report.region());
    }
}
