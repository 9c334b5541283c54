package org.amibakery.doctor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;

/** Examines the SSM documents: all there, active, and of this version of the program. */
final class DocumentsCheckup implements Checkup {
    private static final String SUBJECT = "document";
    private static final String INSTALL = "Deploy the stack of this version: docs/install.md.";

    private final AwsClients clients;
    private final Installation installation;
    private final Map<String, String> packaged;

    /** Takes the documents that come with the program: their content by name, the installation's prefix left out. */
    DocumentsCheckup(AwsClients clients, Installation installation, Map<String, String> packaged) {
        this.clients = clients;
        this.installation = installation;
        this.packaged = packaged;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        packaged.forEach((name, content) -> {
            Finding finding = document(installation.documentPrefix() + "-" + name, content);
            if (finding.verdict() != Verdict.GOOD) {
                findings.add(finding);
            }
        });
        if (findings.isEmpty()) {
            findings.add(Finding.good(
                    SUBJECT, "All %d SSM documents are there, as this version has them.".formatted(packaged.size())));
        }
        return findings;
    }

    private Finding document(String name, String content) {
        try {
            DocumentDescription document = clients.ssm(installation.region())
                    .describeDocument(ask -> ask.name(name))
                    .document();
            if (!"Active".equals(document.statusAsString())) {
                return Finding.broken(SUBJECT, "%s is %s.".formatted(name, document.statusAsString()), INSTALL);
            }
            return sha256(content).equals(document.hash())
                    ? Finding.good(SUBJECT, name)
                    : Finding.warning(
                            SUBJECT,
                            "%s is not the one of this version of the program.".formatted(name),
                            INSTALL + " If you changed it yourself, nothing is wrong.");
        } catch (InvalidDocumentException absent) {
            return Finding.broken(
                    SUBJECT,
                    "There is no %s in %s.".formatted(name, installation.region()),
                    INSTALL + " If yours are named otherwise, correct documents.prefix.");
        } catch (SdkException refused) {
            return AwsAnswers.refused(SUBJECT, "ssm:DescribeDocument", refused);
        }
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
