package org.amibakery.simulator.wire;

import java.util.Optional;

/** Knows the access keys whose signatures are accepted. */
@FunctionalInterface
public interface CredentialsDirectory {
    /** Finds a key by its id. Called by many threads at once, once a request. */
    Optional<AccessKey> find(String accessKeyId);
}
