package org.amibakery.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.authored.AuthoredText;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Place;
import org.amibakery.authored.Problem;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.configuration.InstallationReader;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Finds out how this installation is configured: by the file that {@code BAKERY_CONFIG} names or else by the SSM
 * parameter that the stack's template wrote; {@code BAKERY_*} variables override either.
 */
public final class InstallationSource {
    private final InstallationReader reader = new InstallationReader();
    private final Map<String, String> environment;

    /** Takes the variables of a process. */
    public InstallationSource(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads the configuration. Asks AWS only when no file says it.
     *
     * @throws org.amibakery.configuration.InvalidInstallation when it cannot be used
     */
    public Installation read(AwsClients aws) {
        Optional<Region> region = region();
        if (InstallationReader.fileOf(environment).isPresent() || region.isEmpty()) {
            return reader.read(environment);
        }
        return parameter(aws, region.get())
                .map(text -> reader.read(environment, text))
                .orElseGet(() -> withoutParameter(region.get()));
    }

    /** The variables may say it all; where they do not, the parameter's absence is the first thing to tell. */
    private Installation withoutParameter(Region region) {
        try {
            return reader.read(environment);
        } catch (InvalidInput incomplete) {
            String parameter = Installation.parameterOf(InstallationReader.stackOf(environment));
            List<Problem> problems = new ArrayList<>();
            problems.add(new Problem(
                    Place.of("configuration"),
                    "",
                    "there is no SSM parameter %s in %s, and BAKERY_CONFIG names no file; correct BAKERY_STACK or the region, or write one of them as docs/configuration.md shows"
                            .formatted(parameter, region)));
            problems.addAll(incomplete.problems());
            throw new InvalidInput(problems);
        }
    }

    private Optional<AuthoredText> parameter(AwsClients aws, Region region) {
        String name = Installation.parameterOf(InstallationReader.stackOf(environment));
        try {
            String json = aws.ssm(region)
                    .getParameter(get -> get.name(name).withDecryption(true))
                    .parameter()
                    .value();
            return Optional.of(new AuthoredText("SSM parameter %s in %s".formatted(name, region), json));
        } catch (ParameterNotFoundException notInstalled) {
            return Optional.empty(); // the reader says what is missing then
        }
    }

    /** Where the stack is, as every AWS tool is told. */
    private Optional<Region> region() {
        return Stream.of("BAKERY_REGION", "AWS_REGION", "AWS_DEFAULT_REGION")
                .map(environment::get)
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(Region::new);
    }
}
