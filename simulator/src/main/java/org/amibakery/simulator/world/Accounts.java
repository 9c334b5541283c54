package org.amibakery.simulator.world;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.simulator.wire.AccessKey;
import org.amibakery.simulator.wire.CredentialsDirectory;

/** The access keys and whose they are. Thread-safe. */
public final class Accounts implements CredentialsDirectory {
    private record Holder(AccessKey key, String account) {}

    private final Map<String, Holder> holders = new ConcurrentHashMap<>();

    /** Accepts a key from now on, acting for this account (12 digits). */
    public AccessKey accept(AccessKey key, String account) {
        if (!account.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account id has 12 digits: " + account);
        }
        holders.put(key.id(), new Holder(key, account));
        return key;
    }

    /** Finds the account a key acts for. */
    public Optional<String> accountOf(String accessKeyId) {
        return Optional.ofNullable(holders.get(accessKeyId)).map(Holder::account);
    }

    @Override
    public Optional<AccessKey> find(String accessKeyId) {
        return Optional.ofNullable(holders.get(accessKeyId)).map(Holder::key);
    }
}
