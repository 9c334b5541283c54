package org.amibakery.acceptance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.amibakery.acceptance.sandbox.AptRepository.Deb;
import org.amibakery.simulator.sandbox.Exit;
import org.amibakery.simulator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another package tool is at work on a Debian: a document waits for it, whichever lock it holds. */
@OnRealMachines
class PackageLocksTest {
    private static final String UPDATE = "debian/update-packages.yaml";

    /** Blocks until the test says so. */
    private static final String UNTIL_RELEASED = "until [ -e /run/released ]; do sleep 0.1; done";

    private static final Duration LONG = Duration.ofMinutes(2);

    private static Sandbox sandbox;

    @BeforeAll
    static void have_a_debian() {
        sandbox = RealDebian.require();
    }

    /** apt's locks are those of fcntl; flock(1) does not conflict with them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/var/lib/apt/lists/lock, update-packages",
        "/var/lib/apt/lists/lock, install-packages",
        "/var/cache/apt/archives/lock, install-packages"
    })
    void waits_for_a_lock_that_apt_itself_does_not_wait_for(String lock, String document) {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder).offers(Deb.named("oven", "1.0"));
            holds(builder, lock);

            CompletableFuture<Exit> script = begin(builder, "debian/" + document + ".yaml", Map.of("Packages", "oven"));
            await().atMost(LONG).until(() -> builder.text("var/log/ami-bakery/" + document + ".log")
                    .contains("Could not get lock " + lock));
            release(builder);

            assertThat(script.join())
                    .satisfies(exit -> assertThat(exit.code()).as(exit.output()).isZero());
        }
    }

    @Test
    void waits_for_an_installation_under_way() {
        try (Builder builder = Builder.booted(sandbox)) {
            Deb slow = Deb.named("slow", "1.0").running(UNTIL_RELEASED);
            AptRepository.onlyOneOf(builder).offers(slow);
            builder.ask("systemd-run", "--quiet", "dpkg", "--install", AptRepository.fileOf(slow));
            await().atMost(LONG)
                    .until(() -> builder.text("var/lib/dpkg/info/slow.postinst").contains("released"));

            CompletableFuture<Exit> script = begin(builder, UPDATE, Map.of());
            await().atMost(LONG).until(() -> builder.text("var/log/ami-bakery/update-packages.log")
                    .contains("lock was locked by another process"));
            release(builder);

            assertThat(script.join())
                    .satisfies(exit -> assertThat(exit.code()).as(exit.output()).isZero());
            assertThat(builder.shell("dpkg-query -W -f '${db:Status-Status}' slow"))
                    .isEqualTo("installed");
        }
    }

    @Test
    void waits_for_the_daily_job_under_way() {
        try (Builder builder = Builder.booted(sandbox)) {
            AptRepository.onlyOneOf(builder);
            builder.shell(
                    """
                    mkdir -p /run/systemd/system/apt-daily.service.d
                    printf '[Service]\\nExecStartPre=\\nExecStart=\\nExecStart=/bin/sh -c "%s"\\n' '%s' \
                      >/run/systemd/system/apt-daily.service.d/slow.conf
                    systemctl daemon-reload
                    systemctl start --no-block apt-daily.service
                    """
                            .formatted("%s", UNTIL_RELEASED));

            CompletableFuture<Exit> script = begin(builder, UPDATE, Map.of());
            await().atMost(LONG).until(() -> builder.ask("systemctl", "list-jobs", "--no-legend")
                    .matches("(?s).*run-[^\\n]* start waiting.*"));
            assertThat(builder.machine().file("var/log/ami-bakery/update-packages.log.last"))
                    .as("apt was not asked yet")
                    .doesNotExist();
            release(builder);

            assertThat(script.join())
                    .satisfies(exit -> assertThat(exit.code()).as(exit.output()).isZero());
        }
    }

    private static CompletableFuture<Exit> begin(Builder builder, String document, Map<String, String> parameters) {
        return CompletableFuture.supplyAsync(() -> builder.runs(document, parameters), task -> {
            Thread thread = new Thread(task, document);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void holds(Builder builder, String lock) {
        String hold =
                "import fcntl, os, time; held = open('%s', 'w'); fcntl.lockf(held, fcntl.LOCK_EX);".formatted(lock)
                        + " open('/run/held', 'w');"
                        + " [time.sleep(0.1) for _ in iter(lambda: os.path.exists('/run/released'), True)]";
        builder.ask("systemd-run", "--quiet", "python3", "-c", hold);
        await().atMost(LONG)
                .until(() -> builder.machine().inside("test", "-e", "/run/held").isSuccess());
    }

    private static void release(Builder builder) {
        builder.ask("touch", "/run/released");
    }
}
