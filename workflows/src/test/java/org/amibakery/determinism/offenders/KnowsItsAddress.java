package org.amibakery.determinism.offenders;

import java.util.IdentityHashMap;

/** Orders by addresses in memory. */
public final class KnowsItsAddress {
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

    public String name(Object thing) {
        return names.computeIfAbsent(thing, it -> "it-" + System.identityHashCode(it));
    }
}
