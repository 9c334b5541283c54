package org.amibakery.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells which release this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String release = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(built from sources)");
        return new String[] {"bakery " + release, "Java " + Runtime.version()};
    }
}
