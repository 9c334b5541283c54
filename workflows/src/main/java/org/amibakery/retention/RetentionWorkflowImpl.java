package org.amibakery.retention;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.failure.Failures;
import org.amibakery.recipe.Region;
import org.amibakery.workflow.ActivityProfiles;

/** Goes through a family's images region by region: first all plans, then the deletions. */
public final class RetentionWorkflowImpl implements RetentionWorkflow {
    /** So many in one report are up to 100 kB of history; fewer would make the function list a great fleet more often. */
    private static final int BATCH = 500;

    /** Each batch is a dozen events or more; this many make a long run before the server says so. */
    private static final int MOST_BATCHES = 200;

    private final RetentionRequest request;
    private final RetentionProgress progress;
    private RetentionScope scope;
    private int batches;

    @WorkflowInit
    public RetentionWorkflowImpl(RetentionRequest asked) {
        // a client that sends no input gets the message of the first activity
        request = asked == null ? RetentionRequest.of(null, RetentionMode.PLAN) : asked;
        progress = new RetentionProgress(request);
    }

    @Override
    public FamilyRetention run(RetentionRequest asked) {
        scope = request.continued().map(RetentionLeftOff::scope).orElseGet(this::findScope);
        progress.isAbout(scope);
        List<Pass> passes = passes();
        for (int pass = request.continued().map(RetentionLeftOff::pass).orElse(0); pass < passes.size(); pass++) {
            take(passes.get(pass), pass);
        }
        progress.completed();
        return progress.report();
    }

    private RetentionScope findScope() {
        RetentionActivities scopes = Workflow.newLocalActivityStub(RetentionActivities.class, ActivityProfiles.local());
        return scopes.findScope(new FindRetentionScope(request.recipe()));
    }

    /** All plans come first, so that whoever watches sees the whole before anything goes. */
    private List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        scope.regions().forEach(region -> passes.add(new Pass(region, RetentionMode.PLAN)));
        if (request.mode() == RetentionMode.DELETE) {
            scope.regions().forEach(region -> passes.add(new Pass(region, RetentionMode.DELETE)));
        }
        return passes;
    }

    /** One region's failure never stops the others; a cancellation stops all. */
    private void take(Pass pass, int number) {
        progress.begins(pass.region(), pass.mode());
        try {
            while (takeBatch(pass)) {
                continueAsNewWhenLong(number);
            }
        } catch (TemporalFailure failure) {
            if (Failures.isCancellation(failure)) {
                throw failure;
            }
            progress.isUnfinished(pass.region(), Failures.rootMessage(failure));
        }
    }

    /** Lets one run of the function come to its end, however often it has to be asked; tells whether more may go. */
    private boolean takeBatch(Pass pass) {
        int before = progress.changed(pass.region());
        DeleteOldImages batch = scope.request(pass.region(), pass.mode(), cap(pass));
        Optional<DeleteOldImages> next = Optional.of(batch);
        while (next.isPresent()) {
            RetentionReport report = activities(pass).deleteOldImages(next.get());
            progress.went(pass.region(), pass.mode(), report);
            next = report.continuation().map(batch::continuingAt);
        }
        batches++;
        boolean isCapped = progress.changed(pass.region()) - before >= batch.cap();
        return isCapped && allowance(pass) > 0;
    }

    private RetentionActivities activities(Pass pass) {
        String what =
                switch (pass.mode()) {
                    case PLAN -> "plan what goes of";
                    case DELETE -> "delete old images of";
                };
        return Workflow.newActivityStub(
                RetentionActivities.class,
                ActivityProfiles.function("%s %s in %s".formatted(what, scope.family(), pass.region())));
    }

    /** A plan is one run of the function, whose cap ends at a thousand; deletions go batch by batch. */
    private int cap(Pass pass) {
        int most =
                switch (pass.mode()) {
                    case PLAN -> DeleteOldImages.GREATEST_CAP;
                    case DELETE -> BATCH;
                };
        return Math.min(allowance(pass), most);
    }

    private int allowance(Pass pass) {
        return request.most() - progress.changed(pass.region());
    }

    private void continueAsNewWhenLong(int pass) {
        if (batches >= MOST_BATCHES || Workflow.getInfo().isContinueAsNewSuggested()) {
            Workflow.newContinueAsNewStub(RetentionWorkflow.class)
                    .run(request.continuedAt(new RetentionLeftOff(scope, progress.report(), pass)));
        }
    }

    @Override
    public FamilyRetention progress() {
        return progress.report();
    }

    /** Going through the images of one region, to plan or to delete. */
    private record Pass(Region region, RetentionMode mode) {}
}
