package org.amibakery.lambdas.orphans;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.Map;
import org.amibakery.lambdas.FunctionJson;

/** Logs each thing that a run does when it does it, as a line of JSON such as {"removed":{…}}. */
final class LoggedOrphans implements OrphanListener {
    private final LambdaLogger log;

    LoggedOrphans(LambdaLogger log) {
        this.log = log;
    }

    @Override
    public void removed(SettledResource resource) {
        line("removed", resource);
    }

    @Override
    public void failed(FailedRemoval refusal) {
        line("failed", refusal);
    }

    @Override
    public void outOfReach(RegionOutOfReach region) {
        line("outOfReach", region);
    }

    private void line(String event, Object what) {
        log.log(new String(FunctionJson.write(Map.of(event, what)), UTF_8) + "\n");
    }
}
