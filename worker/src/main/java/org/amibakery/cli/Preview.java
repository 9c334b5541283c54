package org.amibakery.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.amibakery.bake.BakePlan;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;

/**
 * Tells what a bake that started now would do.
 *
 * @param cleanUp what would become of the family's old images
 * @param usual how long the last bake of the family took, where that can be found out
 */
record Preview(
        String workflowId,
        Instant now,
        BakePlan plan,
        FoundationImage foundation,
        CleanUpImagesReport cleanUp,
        Optional<Duration> usual) {}
