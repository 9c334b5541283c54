package org.amibakery.acceptance.secondopinion;

import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.amibakery.acceptance.processes.Product;
import org.amibakery.acceptance.processes.RunningProcess;
import org.amibakery.aws.AwsClients;
import org.amibakery.aws.AwsEndpoint;
import org.amibakery.lambdas.RegionalEc2;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.lambdas.foundation.FindFoundationImageFunction;
import org.amibakery.recipe.Region;
import org.amibakery.temporal.EmbeddedTemporal;

/** An installation in an account of moto, with the shim before it and a worker as a process of its own. */
final class MotoBakery implements AutoCloseable {
    private static final String KEY = "AKIAMOTO000000000001";
    private static final String SECRET = "moto-verifies-no-signature";

    /** So much later the functions run: to them an image of today is older than a recipe's retention. */
    private static final Duration LATER = Duration.ofDays(40);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Shim shim;
    private final StandIns standIns;
    private final AwsClients aws;
    private final EmbeddedTemporal temporal;
    private final RunningProcess worker;

    private MotoBakery(MotoServer moto) throws InterruptedException {
        opened.push(moto);
        standIns = new StandIns(Map.of(
                MotoInstallation.FIND_FUNCTION, new FindFoundationImageFunction(ec2(), later())::handle,
                MotoInstallation.CLEAN_UP_FUNCTION, new CleanUpImagesFunction(ec2(), later())::handle));
        shim = Shim.before(moto.endpoint(), standIns.all());
        opened.push(shim);
        aws = AwsClients.at(new AwsEndpoint(shim.endpoint(), KEY, SECRET));
        opened.push(aws);
        new MotoInstallation(shim.endpoint(), aws).install();
        temporal = EmbeddedTemporal.startListening();
        opened.push(temporal);
        shim.countFromNow();
        worker = Product.worker(environment());
        opened.push(worker);
    }

    /** Opens one; skips the test where there is no moto, but fails it in CI. */
    static MotoBakery require() throws InterruptedException {
        return new MotoBakery(MotoServer.require());
    }

    private RegionalEc2 ec2() {
        return region -> aws().ec2(new Region(region));
    }

    private static Clock later() {
        return Clock.offset(Clock.systemUTC(), LATER);
    }

    Shim shim() {
        return shim;
    }

    StandIns standIns() {
        return standIns;
    }

    /** Through the shim. */
    AwsClients aws() {
        return aws;
    }

    /** What the worker has logged. */
    String log() {
        return worker.output();
    }

    WorkflowClient temporal() {
        return temporal.connection().client();
    }

    @Override
    public void close() {
        opened.forEach(MotoBakery::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ENDPOINT_URL", shim.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", SECRET);
        environment.put("AWS_REGION", MotoInstallation.HOME.name());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("TEMPORAL_ADDRESS", temporal.connection().address());
        return environment;
    }
}
