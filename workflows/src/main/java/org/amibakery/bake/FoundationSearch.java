package org.amibakery.bake;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import org.amibakery.foundation.FindFoundationImage;
import org.amibakery.foundation.FoundationActivities;
import org.amibakery.foundation.FoundationImage;
import org.amibakery.workflow.ActivityProfiles;

/**
 * Finds the foundation image by a local activity, one event instead of six; where that does not succeed within seconds, by
 * one that has the patience of any other call.
 */
final class FoundationSearch {
    /** Plans of before this revision find it by an ordinary activity alone. */
    private static final int LOCAL_SINCE = 1;

    private final FindFoundationImage request;
    private final int revision;

    FoundationSearch(FindFoundationImage request, int revision) {
        this.request = request;
        this.revision = revision;
    }

    FoundationImage find() {
        String summary = "find " + request.foundation().name();
        if (revision >= LOCAL_SINCE) {
            try {
                return Workflow.newLocalActivityStub(FoundationActivities.class, ActivityProfiles.brief(summary))
                        .find(request);
            } catch (ActivityFailure failure) {
                if (failure.getRetryState() == RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE) {
                    throw failure;
                }
            }
        }
        return Workflow.newActivityStub(FoundationActivities.class, ActivityProfiles.quick(summary))
                .find(request);
    }
}
