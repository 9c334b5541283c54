package org.amibakery.acceptance.architecture.offenders;

/** Could hold anything. */
public final class BakeUtils {
    private BakeUtils() {}
}
