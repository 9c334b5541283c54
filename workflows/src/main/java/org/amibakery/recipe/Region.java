package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * Names an AWS region, such as {@code eu-west-1}, of the installation's own account or of another one. As a text, in
 * histories too, another account's is {@code eu-west-1@222233334444}.
 *
 * @param account the 12 digits of another account; absent means the installation's own
 */
public record Region(String name, Optional<String> account) {
    private static final char OF = '@';

    public Region {
        requireNonNull(name, "name");
        account = account == null ? Optional.empty() : account;
    }

    /** Reads a region's text; without an account it is the installation's own. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Region(String text) {
        this(nameIn(text), accountIn(text));
    }

    /** Another region of the same account. */
    public Region sibling(String other) {
        return new Region(other, account);
    }

    /** Its code, with the account if that is not the installation's own. */
    @JsonValue
    public String text() {
        return account.map(digits -> name + OF + digits).orElse(name);
    }

    @Override
    public String toString() {
        return text();
    }

    private static String nameIn(String text) {
        int at = text.indexOf(OF);
        return at < 0 ? text : text.substring(0, at);
    }

    private static Optional<String> accountIn(String text) {
        int at = text.indexOf(OF);
        return at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
    }
}
