package org.amibakery.simulator.ssm;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amibakery.simulator.world.PlatformFamily;
import org.amibakery.simulator.world.SimulatorClock;
import org.amibakery.simulator.world.Timings;

/** Runs nothing: every step succeeds after the time its document usually takes and prints what one would expect. */
public final class ScriptedRunner implements CommandRunner {
    private final SimulatorClock clock;
    private final Timings timings;

    /** Takes the running times from the timings, divided by the clock's speed. */
    public ScriptedRunner(SimulatorClock clock, Timings timings) {
        this.clock = clock;
        this.timings = timings;
    }

    @Override
    public CompletionStage<StepResult> run(StepExecution step) {
        Duration took = clock.scaled(timings.command(step.documentName()));
        return CompletableFuture.completedFuture(new StepResult(0, output(step), "", took));
    }

    private static String output(StepExecution step) {
        String document = step.documentName().toLowerCase(Locale.ROOT);
        if (document.contains("verify")) {
            return verification(step);
        }
        if (document.contains("update")) {
            return update(step);
        }
        if (document.contains("install")) {
            return installation(step);
        }
        if (document.contains("playbook")) {
            return playbook(step);
        }
        if (document.contains("scrub")) {
            return scrub();
        }
        return "The simulator ran step " + step.stepName() + "\n";
    }

    private static String verification(StepExecution step) {
        return """
                cloud-init: status: done
                systemd: running
                amazon-ssm-agent: active, enabled
                AMI-BAKERY changed=0 packages=412 bake=%s system=%s state=running
                """
                .formatted(parameter(step, "BakeId"), system(step.instance().family()));
    }

    private static String update(StepExecution step) {
        String tool = isDebian(step)
                ? """
                  The following packages will be upgraded:
                    libssl3 linux-image-cloud-amd64 openssl tzdata
                  4 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.
                  """
                : """
                  Upgrading:
                   curl kernel6.12 openssl-libs tzdata
                  Complete!
                  """;
        return tool
                + "AMI-BAKERY changed=4 packages=412 rebooted=%s kernel=6.12.46-66.121\n"
                        .formatted(step.run() > 1 ? "yes" : "no");
    }

    private static String installation(StepExecution step) {
        String packages = parameter(step, "Packages");
        int count = packages.isBlank() ? 0 : packages.trim().split(" ").length;
        return """
                Installing: %s
                Complete!
                AMI-BAKERY changed=%d packages=%d
                """
                .formatted(packages.isBlank() ? "nothing" : packages, count, 412 + count);
    }

    private static String playbook(StepExecution step) {
        return """
                PLAY [localhost] *****

                TASK [Gathering Facts] *****
                ok: [localhost]

                TASK [Set the time zone] *****
                changed: [localhost]

                PLAY RECAP *****
                localhost : ok=12   changed=7    unreachable=0    failed=0    skipped=0
                AMI-BAKERY changed=7 packages=420 tasks=12 playbook=%s
                """
                .formatted(parameter(step, "Playbook"));
    }

    private static String scrub() {
        return """
                removed host keys, authorized keys and histories
                removed cloud-init state and logs
                emptied machine-id
                AMI-BAKERY changed=9 packages=420
                """;
    }

    private static String parameter(StepExecution step, String name) {
        Map<String, String> environment = step.environment();
        return environment.getOrDefault("SSM_" + name, "");
    }

    private static boolean isDebian(StepExecution step) {
        PlatformFamily family = step.instance().family();
        return family == PlatformFamily.DEBIAN || family == PlatformFamily.UBUNTU;
    }

    private static String system(PlatformFamily family) {
        return switch (family) {
            case AMAZON_LINUX, UNKNOWN -> "amzn-2023";
            case UBUNTU -> "ubuntu-24.04";
            case DEBIAN -> "debian-12";
        };
    }
}
