package org.amibakery.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.packaged.PackagedFiles;
import org.amibakery.schedule.ReaperSchedule;
import org.amibakery.temporal.KnownSearchAttributes;
import org.amibakery.temporal.TemporalConnection;

/** Examines an installation part by part, and mends what can be mended without harm. */
public final class Doctor {
    private Doctor() {}

    /** Examines Temporal. Changes nothing. */
    public static Map<String, List<Finding>> examine(TemporalConnection temporal, String stack) {
        return of(
                "Temporal",
                new TemporalCheckup(temporal),
                new SearchAttributesCheckup(temporal),
                new ReaperCheckup(temporal, stack));
    }

    /** Examines what the installation has on AWS. Changes nothing. */
    public static Map<String, List<Finding>> examine(AwsClients clients, Installation installation, Clock clock) {
        requireNonNull(installation, "installation");
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        List<Finding> identity = new IdentityCheckup(clients, installation.region()).examine();
        findings.put("AWS", identity);
        if (identity.stream().allMatch(finding -> finding.verdict() == Verdict.GOOD)) {
            findings.putAll(of("Network", new NetworkCheckup(clients, installation)));
            findings.putAll(of(
                    "Permissions",
                    new LaunchCheckup(clients, installation, clock),
                    new PermissionsCheckup(clients, installation)));
            findings.putAll(of(
                    "Stack",
                    new DocumentsCheckup(clients, installation, PackagedFiles.documents()),
                    new FunctionsCheckup(clients, installation),
                    new BucketsCheckup(clients, installation),
                    new TopicCheckup(clients, installation)));
            if (!installation.accounts().isEmpty()) {
                findings.putAll(of("Accounts", new AccountsCheckup(clients, installation)));
            }
            findings.putAll(of("Quotas", new QuotasCheckup(clients, installation)));
        }
        return findings;
    }

    /** Registers search attributes and installs the reaper's schedule, where they are missing; tells what it did. */
    public static List<String> mend(TemporalConnection temporal, String stack) {
        List<String> registered = new KnownSearchAttributes(temporal).register();
        ReaperSchedule.Installed reaper = new ReaperSchedule(temporal).install(stack);
        return Stream.concat(
                        registered.stream().map("Registered the search attribute %s."::formatted),
                        reaper == ReaperSchedule.Installed.NEW
                                ? Stream.of("Installed the reaper of stack %s.".formatted(stack))
                                : Stream.empty())
                .toList();
    }

    private static Map<String, List<Finding>> of(String part, Checkup... checkups) {
        return Map.of(
                part,
                Stream.of(checkups)
                        .flatMap(checkup -> checkup.examine().stream())
                        .toList());
    }
}
