package org.amibakery.configuration;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.amibakery.authored.AuthoredText;
import org.amibakery.aws.AwsClients;
import org.amibakery.recipe.Recipe;
import org.amibakery.recipe.Region;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Finds out how an installation is configured away from home: by the SSM parameter that the stack of the same name has left
 * in that region of that account. A region of the own account without one is configured like home.
 */
public final class Installations {
    private final InstallationReader reader = new InstallationReader();
    private final Installation home;
    private final AwsClients clients;

    /** Takes the worker's own configuration, and the clients, which reach its accounts from now on. */
    public Installations(Installation home, AwsClients clients) {
        this.home = requireNonNull(home, "home");
        this.clients = requireNonNull(clients, "clients");
        clients.reach(home.accounts(), home.region());
    }

    /** The worker's own. */
    public Installation home() {
        return home;
    }

    /** Where a recipe is baked. */
    public Region place(Recipe recipe) {
        return new Region(recipe.region().orElse(home.region()).name(), recipe.account());
    }

    /**
     * The installation in a place; empty if another account has none there.
     *
     * @throws InvalidInstallation when its parameter cannot be used
     * @throws software.amazon.awssdk.core.exception.SdkException when AWS refuses or does not answer
     */
    public Optional<Installation> in(Region place) {
        if (place.equals(home.region())) {
            return Optional.of(home);
        }
        Optional<Installation> local = parameter(place).map(text -> home.in(place, reader.read(Map.of(), text)));
        return place.account().isEmpty() ? local.or(() -> Optional.of(home.in(place, home))) : local;
    }

    private Optional<AuthoredText> parameter(Region place) {
        String name = Installation.parameterOf(home.stack());
        try {
            String json = clients.ssm(place)
                    .getParameter(get -> get.name(name).withDecryption(true))
                    .parameter()
                    .value();
            return Optional.of(new AuthoredText("SSM parameter %s in %s".formatted(name, place), json));
        } catch (ParameterNotFoundException none) {
            return Optional.empty();
        }
    }
}
