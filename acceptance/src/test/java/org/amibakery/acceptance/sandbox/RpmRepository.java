package org.amibakery.acceptance.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The package repositories of a machine with dnf: a folder on it for each release, with packages made by the test. */
final class RpmRepository {
    private static final String MAKE =
            """
            set -e
            folder=$(mktemp -d)
            {
              printf '%s\\n' "Name: $2" "Version: $3" 'Release: 1' 'Summary: made by a test' 'License: none' \\
                'BuildArch: noarch' 'AutoReqProv: no'
              [ -z "$4" ] || echo "Provides: $4"
              printf '%s\\n' '%description' 'Made by a test.' '%install' \\
                "mkdir -p %{buildroot}/usr/share/$2 && echo $3 >%{buildroot}/usr/share/$2/$3" \\
                '%files' "/usr/share/$2/$3"
              [ -z "$5" ] || printf '%%post\\n%s\\n' "$5"
            } >"$folder/spec"
            rpmbuild -bb --quiet --define "_topdir $folder" --define "_rpmdir $folder/rpms" "$folder/spec" >/dev/null 2>&1
            mkdir -p "/srv/repository/$1"
            cp "$folder"/rpms/*/*.rpm "/srv/repository/$1/"
            rm -rf "$folder"
            createrepo_c --quiet "/srv/repository/$1" >/dev/null
            """;

    private final Builder machine;

    RpmRepository(Builder machine) {
        this.machine = machine;
    }

    /** A package to be made; what it provides and the script that sets it up are left out where they are empty. */
    record Rpm(String name, String version, String provides, String post) {
        static Rpm named(String name, String version) {
            return new Rpm(name, version, "", "");
        }

        /** The package that locks a system to a release. */
        static Rpm release(String release) {
            return named("system-release", release).providing("system-release(releasever) = " + release);
        }

        /** A kernel as Amazon Linux 2023 names its newer ones, of which several are installed at a time. */
        static Rpm kernel(String version) {
            return named("kernel6.12", version).providing("kernel = %s, installonlypkg(kernel)".formatted(version));
        }

        Rpm providing(String what) {
            return new Rpm(name, version, what, post);
        }

        /** Runs lines of shell when it is set up. */
        Rpm running(String lines) {
            return new Rpm(name, version, provides, lines);
        }
    }

    /** Offers a package in a release, or in {@code latest}. */
    RpmRepository offers(String release, Rpm rpm) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", MAKE, "make", release));
        command.addAll(List.of(rpm.name(), rpm.version(), rpm.provides(), rpm.post()));
        machine.ask(command.toArray(String[]::new));
        return this;
    }
}
