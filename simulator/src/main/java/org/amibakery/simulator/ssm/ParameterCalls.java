package org.amibakery.simulator.ssm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.SimulatorClock;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** Answers the calls of the Parameter Store. */
final class ParameterCalls {
    private static final int STANDARD_SIZE = 4096;
    private static final int ADVANCED_SIZE = 8192;
    private static final int MOST_NAMES = 10;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.\\-/]{1,1011}");
    private static final Page.Bounds PATH_PAGE = new Page.Bounds(1, 10, 10);

    private final Parameters parameters;
    private final SimulatorClock clock;

    ParameterCalls(Parameters parameters, SimulatorClock clock) {
        this.parameters = parameters;
        this.clock = clock;
    }

    PutParameterResponse put(PutParameterRequest request) {
        checkName(request.name());
        Optional<StoredParameter> before = parameters.latest(request.name());
        boolean overwrite = Boolean.TRUE.equals(request.overwrite());
        if (before.isPresent() && !overwrite) {
            throw SimulatorError.refused(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                            + " true.");
        }
        if (overwrite && !request.tags().isEmpty()) {
            throw SsmErrors.validation("Invalid request: tags and overwrite can't be used together.");
        }
        StoredParameter parameter = new StoredParameter(
                request.name(),
                typeOf(request, before),
                request.value(),
                dataTypeOf(request, before),
                tierOf(request),
                parameters.nextVersion(request.name()),
                clock.now());
        checkValue(request, parameter);
        parameters.put(parameter);
        return PutParameterResponse.builder()
                .version(parameter.version())
                .tier(parameter.tier())
                .build();
    }

    GetParameterResponse get(GetParameterRequest request) {
        StoredParameter found = find(request.name()).orElseThrow(() -> SsmErrors.parameterNotFound(request.name()));
        return GetParameterResponse.builder()
                .parameter(shown(found, secrecy(request.withDecryption())))
                .build();
    }

    GetParametersResponse getAll(GetParametersRequest request) {
        checkCount(request.names());
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : request.names()) {
            find(name)
                    .ifPresentOrElse(
                            parameter -> found.add(shown(parameter, secrecy(request.withDecryption()))),
                            () -> invalid.add(name));
        }
        return GetParametersResponse.builder()
                .parameters(found)
                .invalidParameters(invalid)
                .build();
    }

    GetParametersByPathResponse getByPath(GetParametersByPathRequest request) {
        if (!request.path().startsWith("/")) {
            throw SsmErrors.validation("The parameter path must begin with a forward slash \"/\".");
        }
        String prefix = request.path().endsWith("/") ? request.path() : request.path() + "/";
        boolean recursive = Boolean.TRUE.equals(request.recursive());
        List<Parameter> matching = parameters.all().stream()
                .filter(parameter -> parameter.name().startsWith(prefix))
                .filter(parameter -> recursive || parameter.name().indexOf('/', prefix.length()) < 0)
                .map(parameter -> shown(parameter, secrecy(request.withDecryption())))
                .toList();
        Page<Parameter> page = Page.of(matching, PATH_PAGE, request.maxResults(), request.nextToken());
        return GetParametersByPathResponse.builder()
                .parameters(page.items())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    DeleteParameterResponse delete(DeleteParameterRequest request) {
        if (!parameters.delete(request.name())) {
            throw SsmErrors.parameterNotFound(request.name());
        }
        return DeleteParameterResponse.builder().build();
    }

    DeleteParametersResponse deleteAll(DeleteParametersRequest request) {
        checkCount(request.names());
        List<String> deleted = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        request.names().forEach(name -> (parameters.delete(name) ? deleted : invalid).add(name));
        return DeleteParametersResponse.builder()
                .deletedParameters(deleted)
                .invalidParameters(invalid)
                .build();
    }

    /** Says whether a SecureString is shown in the clear. */
    private enum Secrecy {
        ENCRYPTED,
        DECRYPTED
    }

    private static Secrecy secrecy(Boolean withDecryption) {
        return Boolean.TRUE.equals(withDecryption) ? Secrecy.DECRYPTED : Secrecy.ENCRYPTED;
    }

    /** Finds a parameter by name, name:version or ARN. */
    private Optional<StoredParameter> find(String selector) {
        String prefix = parameters.arn("");
        String name = selector.startsWith(prefix) ? nameIn(selector, prefix) : selector;
        int colon = name.lastIndexOf(':');
        if (colon < 0) {
            return parameters.latest(name);
        }
        String version = name.substring(colon + 1);
        return version.matches("\\d{1,9}")
                ? parameters.version(name.substring(0, colon), Long.parseLong(version))
                : Optional.empty();
    }

    private static String nameIn(String arn, String prefix) {
        String name = arn.substring(prefix.length());
        return name.contains("/") ? "/" + name : name;
    }

    private Parameter shown(StoredParameter parameter, Secrecy secrecy) {
        boolean hidden = parameter.type() == ParameterType.SECURE_STRING && secrecy == Secrecy.ENCRYPTED;
        return Parameter.builder()
                .name(parameter.name())
                .type(parameter.type())
                .value(hidden ? ciphertext(parameter) : parameter.value())
                .version(parameter.version())
                .lastModifiedDate(parameter.modifiedAt())
                .arn(parameters.arn(parameter.name()))
                .dataType(parameter.dataType())
                .build();
    }

    private static String ciphertext(StoredParameter parameter) {
        String text = "encrypted by the simulator: " + parameter.name() + " " + parameter.version();
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches() || (name.contains("/") && !name.startsWith("/"))) {
            throw SsmErrors.validation("Parameter name: can't be prefixed with \"ssm\" (case-insensitive) and must be a"
                    + " fully qualified name of letters, digits and _.-/ : " + name);
        }
        String first = name.replaceFirst("^/", "").toLowerCase(Locale.ROOT);
        if (first.startsWith("aws")) {
            throw SimulatorError.refused(
                    "AccessDeniedException", "No access to reserved parameter name: " + name + ".");
        }
        if (first.startsWith("ssm")) {
            throw SsmErrors.validation("Parameter name: can't be prefixed with \"ssm\" (case-insensitive).");
        }
    }

    private static ParameterType typeOf(PutParameterRequest request, Optional<StoredParameter> before) {
        ParameterType type = request.type() == null
                ? before.map(StoredParameter::type)
                        .orElseThrow(
                                () -> SsmErrors.validation("A parameter type is required when you create a parameter."))
                : request.type();
        if (type == ParameterType.UNKNOWN_TO_SDK_VERSION) {
            throw SimulatorError.refused("UnsupportedParameterType", "The parameter type is not supported.");
        }
        return type;
    }

    private static String dataTypeOf(PutParameterRequest request, Optional<StoredParameter> before) {
        String dataType = request.dataType() == null
                ? before.map(StoredParameter::dataType).orElse(StoredParameter.TEXT)
                : request.dataType();
        if (!dataType.equals(StoredParameter.TEXT) && !dataType.equals(StoredParameter.IMAGE)) {
            throw SsmErrors.validation(
                    "The following data type is not supported: " + dataType + " (Data type names are all lowercase.)");
        }
        return dataType;
    }

    private static ParameterTier tierOf(PutParameterRequest request) {
        return request.tier() == null || request.tier() == ParameterTier.INTELLIGENT_TIERING
                ? ParameterTier.STANDARD
                : request.tier();
    }

    private static void checkValue(PutParameterRequest request, StoredParameter parameter) {
        String value = parameter.value();
        if (value == null || value.isEmpty()) {
            throw SsmErrors.invalid("value", "", "Member must have length greater than or equal to 1.");
        }
        boolean standard = parameter.tier() == ParameterTier.STANDARD;
        int size = value.getBytes(StandardCharsets.UTF_8).length;
        if (size > (standard ? STANDARD_SIZE : ADVANCED_SIZE)) {
            throw SsmErrors.validation((standard ? "Standard" : "Advanced")
                    + " tier parameters support a maximum parameter value of "
                    + (standard ? STANDARD_SIZE : ADVANCED_SIZE)
                    + " characters.");
        }
        if (request.allowedPattern() != null && !find(request.allowedPattern(), value)) {
            throw SimulatorError.refused(
                    "ParameterPatternMismatchException",
                    "Parameter value, cannot be validated against allowedPattern: " + request.allowedPattern());
        }
    }

    private static boolean find(String pattern, String value) {
        try {
            return Pattern.compile(pattern).matcher(value).find();
        } catch (PatternSyntaxException malformed) {
            throw SimulatorError.refused(
                    "InvalidAllowedPatternException", "The allowedPattern is malformed: " + malformed.getDescription());
        }
    }

    private static void checkCount(List<String> names) {
        if (names.isEmpty() || names.size() > MOST_NAMES) {
            throw SsmErrors.invalid(
                    "names", names.toString(), "Member must have length less than or equal to " + MOST_NAMES);
        }
    }
}
