package org.amibakery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Throwables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.amibakery.authored.InvalidInput;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.doctor.Doctor;
import org.amibakery.doctor.Finding;
import org.amibakery.doctor.Verdict;
import org.amibakery.temporal.Unreachable;
import org.amibakery.worker.InstallationSource;
import software.amazon.awssdk.core.exception.SdkException;

/** Lets the doctor examine what this process's variables lead to, and tells what it found. */
final class DoctorRun {
    private final Surroundings surroundings;
    private final Console console;
    private final String stack;

    DoctorRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
        stack = InstallationReader.stackOf(surroundings.environment());
    }

    ExitCode examine() {
        CommandLogs.quiet();
        Map<String, List<Finding>> findings = new LinkedHashMap<>(temporal());
        findings.putAll(aws());
        return tell(findings);
    }

    ExitCode mendAndExamine() {
        CommandLogs.quiet();
        try {
            surroundings
                    .temporal()
                    .with(temporal -> Doctor.mend(temporal, stack))
                    .forEach(console::progress);
        } catch (RuntimeException refused) { // the examination says what is still missing
            console.error("Not everything could be mended: %s"
                    .formatted(Throwables.getRootCause(refused).getMessage()));
        }
        return examine();
    }

    private Map<String, List<Finding>> temporal() {
        try {
            return surroundings.temporal().with(temporal -> Doctor.examine(temporal, stack));
        } catch (Unreachable away) {
            return Map.of("Temporal", List.of(broken("server", away.getMessage(), "")));
        }
    }

    private Map<String, List<Finding>> aws() {
        try (AwsClients clients = AwsClients.standard()) {
            Installation installation = new InstallationSource(surroundings.environment()).read(clients);
            return Doctor.examine(clients, installation, surroundings.clock());
        } catch (InvalidInput unusable) {
            return Map.of(
                    "Configuration",
                    List.of(broken("installation", unusable.getMessage(), "See docs/configuration.md.")));
        } catch (SdkException unreachable) {
            return Map.of(
                    "AWS",
                    List.of(
                            broken(
                                    "identity",
                                    "AWS cannot be asked: " + unreachable.getMessage(),
                                    "Check the network, the region, AWS_ENDPOINT_URL and the credentials (aws sts get-caller-identity).")));
        }
    }

    private static Finding broken(String subject, String found, String remedy) {
        return new Finding(subject, Verdict.BROKEN, found, remedy);
    }

    private ExitCode tell(Map<String, List<Finding>> findings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("findings");
        findings.forEach((part, all) -> {
            console.text(console.palette().strong(part));
            all.forEach(finding -> {
                tell(finding);
                list.add(json(part, finding));
            });
        });
        long broken = count(findings, Verdict.BROKEN);
        console.text("%d good, %d warnings, %d untried, %d broken"
                .formatted(
                        count(findings, Verdict.GOOD),
                        count(findings, Verdict.WARNING),
                        count(findings, Verdict.UNTRIED),
                        broken));
        console.json(json.put("broken", broken));
        return broken == 0 ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }

    private void tell(Finding finding) {
        console.text("  %s %s: %s".formatted(painted(finding.verdict()), finding.subject(), finding.found()));
        if (!finding.remedy().isEmpty()) {
            console.text("           " + finding.remedy());
        }
    }

    private String painted(Verdict verdict) {
        String word = "%-8s".formatted(lowerCase(verdict));
        return switch (verdict) {
            case GOOD -> console.palette().good(word);
            case WARNING -> console.palette().warning(word);
            case BROKEN -> console.palette().bad(word);
            case UNTRIED -> console.palette().faint(word);
        };
    }

    private static ObjectNode json(String part, Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("part", part)
                .put("subject", finding.subject())
                .put("verdict", lowerCase(finding.verdict()))
                .put("found", finding.found())
                .put("remedy", finding.remedy());
    }

    private static long count(Map<String, List<Finding>> findings, Verdict verdict) {
        return findings.values().stream()
                .flatMap(List::stream)
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }

    private static String lowerCase(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
