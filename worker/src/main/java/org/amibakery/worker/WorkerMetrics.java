package org.amibakery.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.amibakery.aws.BakeryCounters;

/** Keeps the worker's figures for Prometheus: Temporal's own, the JVM's and ours. */
public final class WorkerMetrics implements BakeryCounters, AutoCloseable {
    private static final com.uber.m3.util.Duration REPORT_EVERY = com.uber.m3.util.Duration.ofSeconds(5);

    private static final String OVERDUE = "bakery_cleanup_overdue";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Scope temporal = new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(REPORT_EVERY);

    public WorkerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        registry.counter(OVERDUE, "what", "terminate builder"); // an alert needs the series before it moves
    }

    /** Where the Temporal SDK reports. */
    public Scope temporalScope() {
        return temporal;
    }

    /** Shows how many activities wait on AWS. */
    public void showOpenWaits(IntSupplier openWaits) {
        Gauge.builder("bakery_open_waits", openWaits, IntSupplier::getAsInt)
                .description("Activities that wait on AWS")
                .strongReference(true)
                .register(registry);
    }

    /** Writes every figure in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void lookFailed(String wait, String code) {
        registry.counter("bakery_looks_failed", "wait", wait, "code", code).increment();
    }

    @Override
    public void lookLate(String wait, Duration by) {
        registry.timer("bakery_look_lateness", "wait", wait).record(by);
    }

    @Override
    public void cleanupOverdue(String what) {
        registry.counter(OVERDUE, "what", what).increment();
    }

    @Override
    public void close() {
        try {
            temporal.close();
        } catch (ScopeCloseException late) {
            throw new IllegalStateException("The last figures were not reported", late);
        }
        registry.close();
    }
}
