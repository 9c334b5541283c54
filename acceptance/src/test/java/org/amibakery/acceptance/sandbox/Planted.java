package org.amibakery.acceptance.sandbox;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** What builders may have and no image must: a file in each place that a scrub has to reach, of whatever system. */
final class Planted {
    /** What every planted file holds. */
    static final String CANARY = "the-canary-of-the-oven";

    private static final List<String> FILES = Stream.of(
                    Stream.of("root", "home/debian", "home/of-nobody").flatMap(home -> Stream.of(
                                    ".ssh/authorized_keys",
                                    ".ssh/authorized_keys2",
                                    ".ssh/known_hosts",
                                    ".bash_history",
                                    ".zsh_history",
                                    ".python_history",
                                    ".mysql_history",
                                    ".psql_history",
                                    ".ansible/tmp/task.py",
                                    ".cache/pip/wheel",
                                    ".lesshst",
                                    ".viminfo",
                                    ".wget-hsts",
                                    ".aws/credentials",
                                    ".aws/cli/cache/token",
                                    ".aws/sso/cache/token")
                            .map(file -> home + "/" + file)),
                    Stream.of(
                            "etc/ssh/ssh_host_of_the_oven_key",
                            "etc/hostname",
                            "etc/sudoers.d/90-cloud-init-users",
                            "var/lib/systemd/random-seed",
                            "var/lib/systemd/credential.secret",
                            "var/lib/cloud/data/oven",
                            "var/lib/cloud/instances/i-1/user-data.txt",
                            "var/lib/dhcp/dhclient.eth0.leases",
                            "var/lib/dhclient/lease",
                            "var/lib/NetworkManager/oven.lease",
                            "var/lib/amazon/ssm/i-1/document/orchestration/1/_script.sh",
                            "var/lib/ami-bakery/rebooted-from",
                            "var/log/amazon/ssm/amazon-ssm-agent.log",
                            "var/log/ami-bakery/oven.log",
                            "var/log/audit/audit.log",
                            "var/log/auth.log",
                            "var/log/auth.log.1",
                            "var/log/btmp",
                            "var/log/cloud-init.log",
                            "var/log/journal/oven/system.journal",
                            "var/log/lastlog",
                            "var/log/oven.old",
                            "var/log/sa/sa01",
                            "var/log/syslog.2.gz",
                            "var/log/sysstat/sa01",
                            "var/log/wtmp",
                            "var/tmp/oven",
                            "var/tmp/.hidden"))
            .flatMap(files -> files)
            .toList();

    private final Builder builder;
    private final List<String> files;

    private Planted(Builder builder, List<String> files) {
        this.builder = builder;
        this.files = files;
    }

    /** Plants every file, and those that only this system has. */
    static Planted on(Builder builder, String... ofThisSystem) {
        builder.shell("useradd --create-home debian");
        List<String> files =
                Stream.concat(FILES.stream(), Stream.of(ofThisSystem)).toList();
        files.forEach(
                file -> builder.shell("mkdir -p \"$(dirname '/%s')\" && echo %s >'/%s'".formatted(file, CANARY, file)));
        return new Planted(builder, files);
    }

    /** Finds none of them when the machine is off. */
    void assertGone() {
        SoftAssertions softly = new SoftAssertions();
        files.forEach(file -> softly.assertThat(builder.isLeft(file)).as(file).isFalse());
        softly.assertAll();
    }
}
