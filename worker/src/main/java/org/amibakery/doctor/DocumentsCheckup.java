package org.amibakery.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;

/** Examines the SSM documents: all there, active, and of this version of the program. */
final class DocumentsCheckup implements Checkup {
    private static final String SUBJECT = "document";
    private static final String INSTALL = "Deploy the stack of this version: docs/install.md.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

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
            GetDocumentResponse document = clients.ssm(installation.region())
                    .getDocument(ask -> ask.name(name).documentFormat(DocumentFormat.JSON));
            if (!"Active".equals(document.statusAsString())) {
                return Finding.broken(SUBJECT, "%s is %s.".formatted(name, document.statusAsString()), INSTALL);
            }
            return same(content, document.content())
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
            return AwsAnswers.refused(SUBJECT, "ssm:GetDocument of " + name, refused);
        }
    }

    /**
     * Whether both are one document. CloudFormation writes its text anew, as JSON and with other kinds of scalars, so that
     * neither text nor digest can be compared.
     */
    private static boolean same(String packaged, String installed) {
        try {
            return withTextsAlone(YAML.readTree(packaged)).equals(withTextsAlone(JSON.readTree(installed)));
        } catch (JsonProcessingException unreadable) {
            return false;
        }
    }

    private static JsonNode withTextsAlone(JsonNode tree) {
        if (tree.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            tree.properties().forEach(field -> object.set(field.getKey(), withTextsAlone(field.getValue())));
            return object;
        }
        if (tree.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            tree.forEach(element -> array.add(withTextsAlone(element)));
            return array;
        }
        return TextNode.valueOf(tree.asText());
    }
}
