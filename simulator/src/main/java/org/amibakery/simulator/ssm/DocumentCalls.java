package org.amibakery.simulator.ssm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ssm.model.CreateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.CreateDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;
import software.amazon.awssdk.services.ssm.model.DocumentParameter;
import software.amazon.awssdk.services.ssm.model.DocumentParameterType;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionResponse;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentResponse;

/** Answers the calls about documents. */
final class DocumentCalls {
    private static final String DEFAULT = "$DEFAULT";
    private static final String LATEST = "$LATEST";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_\\-.]{3,128}");
    private static final Pattern RESERVED_NAME = Pattern.compile("(aws|amazon|amzn).*");

    private final Documents documents;

    DocumentCalls(Documents documents) {
        this.documents = documents;
    }

    CreateDocumentResponse create(CreateDocumentRequest request) {
        String name = request.name();
        if (!NAME.matcher(name).matches()) {
            throw SsmErrors.invalid(
                    "name", name, "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$");
        }
        if (RESERVED_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            throw SsmErrors.validation("Document name " + name + " starts with a reserved prefix (aws, amazon, amzn).");
        }
        if (request.documentType() != null && request.documentType() != DocumentType.COMMAND) {
            throw SsmErrors.validation(
                    "The simulator keeps documents of type Command only, not " + request.documentTypeAsString() + ".");
        }
        DocumentVersion version =
                documents.create(name, request.content(), formatOrJson(Optional.ofNullable(request.documentFormat())));
        return CreateDocumentResponse.builder()
                .documentDescription(descriptionOf(version))
                .build();
    }

    UpdateDocumentResponse update(UpdateDocumentRequest request) {
        DocumentVersion latest = documents.find(request.name(), LATEST);
        String base = request.documentVersion() == null ? latest.version() : request.documentVersion();
        if (!base.equals(LATEST) && !base.equals(latest.version())) {
            throw SimulatorError.refused(
                    "InvalidDocumentVersion",
                    "The document version is not valid or does not exist: only the latest version can be updated.");
        }
        DocumentVersion version = documents.update(
                request.name(), request.content(), formatOrJson(Optional.ofNullable(request.documentFormat())));
        return UpdateDocumentResponse.builder()
                .documentDescription(descriptionOf(version))
                .build();
    }

    UpdateDocumentDefaultVersionResponse useByDefault(UpdateDocumentDefaultVersionRequest request) {
        documents.useByDefault(request.name(), request.documentVersion());
        return UpdateDocumentDefaultVersionResponse.builder()
                .description(it -> it.name(request.name()).defaultVersion(request.documentVersion()))
                .build();
    }

    DeleteDocumentResponse delete(DeleteDocumentRequest request) {
        documents.delete(request.name());
        return DeleteDocumentResponse.builder().build();
    }

    GetDocumentResponse get(GetDocumentRequest request) {
        DocumentVersion version = documents.find(request.name(), orDefault(request.documentVersion()));
        DocumentFormat format = formatOrJson(Optional.ofNullable(request.documentFormat()));
        String content = format == version.format()
                ? version.content()
                : DocumentParser.write(DocumentParser.tree(version.content(), version.format()), format);
        return GetDocumentResponse.builder()
                .name(version.name())
                .documentVersion(version.version())
                .createdDate(version.createdAt())
                .status(DocumentStatus.ACTIVE)
                .content(content)
                .documentType(DocumentType.COMMAND)
                .documentFormat(format)
                .build();
    }

    DescribeDocumentResponse describe(DescribeDocumentRequest request) {
        return DescribeDocumentResponse.builder()
                .document(descriptionOf(documents.find(request.name(), orDefault(request.documentVersion()))))
                .build();
    }

    ListDocumentsResponse list(ListDocumentsRequest request) {
        List<DocumentIdentifier> matching = documents.names().stream()
                .map(name -> documents.find(name, DEFAULT))
                .filter(version -> request.filters().stream().allMatch(filter -> matches(version, filter)))
                .map(this::identifierOf)
                .toList();
        Page<DocumentIdentifier> page =
                Page.of(matching, new Page.Bounds(1, 50, 10), request.maxResults(), request.nextToken());
        return ListDocumentsResponse.builder()
                .documentIdentifiers(page.items())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    private boolean matches(DocumentVersion version, DocumentKeyValuesFilter filter) {
        return switch (filter.key()) {
            case "Name" ->
                filter.values().stream().anyMatch(prefix -> version.name().startsWith(prefix));
            case "Owner" -> filter.values().stream().anyMatch(owner -> isOwnedBy(version, owner));
            case "DocumentType" -> filter.values().contains(DocumentType.COMMAND.toString());
            default ->
                throw SimulatorError.refused("InvalidFilterKey", "The filter key " + filter.key() + " is not valid.");
        };
    }

    private boolean isOwnedBy(DocumentVersion version, String owner) {
        boolean amazons = version.name().startsWith(BuiltInDocuments.PREFIX);
        return owner.equals("Amazon") ? amazons : !amazons;
    }

    private DocumentIdentifier identifierOf(DocumentVersion version) {
        return DocumentIdentifier.builder()
                .name(version.name())
                .createdDate(version.createdAt())
                .owner(ownerOf(version))
                .documentVersion(version.version())
                .documentType(DocumentType.COMMAND)
                .documentFormat(version.format())
                .schemaVersion(CommandDocument.SCHEMA_VERSION)
                .platformTypes(PlatformType.LINUX)
                .build();
    }

    private DocumentDescription descriptionOf(DocumentVersion version) {
        return DocumentDescription.builder()
                .name(version.name())
                .owner(ownerOf(version))
                .createdDate(version.createdAt())
                .status(DocumentStatus.ACTIVE)
                .documentVersion(version.version())
                .latestVersion(documents.find(version.name(), LATEST).version())
                .defaultVersion(documents.find(version.name(), DEFAULT).version())
                .description(version.parsed().description())
                .parameters(version.parsed().parameters().values().stream()
                        .map(DocumentCalls::parameterOf)
                        .toList())
                .platformTypes(PlatformType.LINUX)
                .documentType(DocumentType.COMMAND)
                .documentFormat(version.format())
                .schemaVersion(CommandDocument.SCHEMA_VERSION)
                .hash(version.hash())
                .hashType(DocumentHashType.SHA256)
                .build();
    }

    private static DocumentParameter parameterOf(ParameterSpec spec) {
        DocumentParameter.Builder parameter = DocumentParameter.builder()
                .name(spec.name())
                .description(spec.description())
                .type(
                        switch (spec.kind()) {
                            case STRING -> DocumentParameterType.STRING;
                            case STRING_LIST -> DocumentParameterType.STRING_LIST;
                        });
        spec.defaultValues().ifPresent(values -> parameter.defaultValue(String.join(",", values)));
        return parameter.build();
    }

    private String ownerOf(DocumentVersion version) {
        return isOwnedBy(version, "Amazon") ? "Amazon" : documents.place().account();
    }

    private static String orDefault(String version) {
        return version == null ? DEFAULT : version;
    }

    private static DocumentFormat formatOrJson(Optional<DocumentFormat> format) {
        return format.orElse(DocumentFormat.JSON);
    }
}
