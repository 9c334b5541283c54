package org.amibakery.acceptance.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The only package source of a builder: a folder on it, with packages made by the test. */
final class AptRepository {
    private static final String PREPARE =
            """
            rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
            mkdir -p /srv/repository && : >/srv/repository/Packages
            echo 'deb [trusted=yes] file:/srv/repository ./' >/etc/apt/sources.list
            """;

    private static final String MAKE =
            """
            set -e
            folder=$(mktemp -d)
            mkdir -p "$folder/DEBIAN" "$folder/usr/share/$1" "$folder/etc"
            echo "$2" >"$folder/usr/share/$1/version"
            printf '%s\\n' "Package: $1" "Version: $2" 'Architecture: all' 'Maintainer: nobody <nobody@localhost>' \\
              'Description: made by a test' >"$folder/DEBIAN/control"
            if [ -n "$3" ]; then
              echo "$3" >"$folder/etc/$1.conf"
              echo "/etc/$1.conf" >"$folder/DEBIAN/conffiles"
            fi
            if [ -n "$4" ]; then
              printf '#!/bin/sh\\nset -e\\n%s\\n' "$4" >"$folder/DEBIAN/postinst"
              chmod 755 "$folder/DEBIAN/postinst"
            fi
            dpkg-deb --build "$folder" "/srv/repository/$1_$2.deb" >/dev/null
            rm -rf "$folder"
            cd /srv/repository
            for deb in *.deb; do
              dpkg-deb --field "$deb"
              echo "Filename: ./$deb"
              echo "Size: $(stat -c %s "$deb")"
              echo "SHA256: $(sha256sum <"$deb" | cut -d ' ' -f 1)"
              echo
            done >Packages
            """;

    private final Builder builder;

    private AptRepository(Builder builder) {
        this.builder = builder;
    }

    /** Replaces a builder's package sources by an empty one. */
    static AptRepository onlyOneOf(Builder builder) {
        builder.shell(PREPARE);
        return new AptRepository(builder);
    }

    /** A package to be made; its settings file and its script are left out where they are empty. */
    record Deb(String name, String version, String settings, String postinst) {
        static Deb named(String name, String version) {
            return new Deb(name, version, "", "");
        }

        Deb withSettings(String text) {
            return new Deb(name, version, text, postinst);
        }

        /** Runs lines of shell when it is configured. */
        Deb running(String lines) {
            return new Deb(name, version, settings, lines);
        }
    }

    /** Offers one more package. */
    AptRepository offers(Deb deb) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", MAKE, "make"));
        command.addAll(List.of(deb.name(), deb.version(), deb.settings(), deb.postinst()));
        builder.ask(command.toArray(String[]::new));
        return this;
    }

    /** Offers a package, and has it installed already. */
    AptRepository hasInstalled(Deb deb) {
        offers(deb);
        builder.ask("dpkg", "--install", fileOf(deb));
        return this;
    }

    static String fileOf(Deb deb) {
        return "/srv/repository/%s_%s.deb".formatted(deb.name(), deb.version());
    }
}
