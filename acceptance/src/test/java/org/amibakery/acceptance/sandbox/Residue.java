package org.amibakery.acceptance.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.amibakery.simulator.sandbox.Machine;

/**
 * Looks for what must not be in an image, file by file: every file that a bake changed has to belong to a package, or to be
 * on the list here, and none may speak of the builder.
 */
final class Residue {
    /** What packages, cloud-init's first user and systemd write without owning it, and what may stay but must be empty. */
    private static final Pattern MAY_CHANGE = Pattern.compile(
            """
            usr/.*|opt/.*
            |etc/(passwd|group|shadow|gshadow|subuid|subgid)-?|etc/\\.pwd\\.lock|etc/sudoers
            |etc/(ld\\.so\\.cache|ca-certificates\\.conf(\\.dpkg-old)?|ssl/certs/.*|pam\\.d/common-.*|alternatives/.*|timezone|localtime)
            |etc/(hosts|networks|(sgml|xml)/.*)
            |etc/(systemd/system/.*\\.(wants|requires)/.*|rc.\\.d/.*|.*\\.dpkg-(old|dist|new))
            |home/debian/\\.(bash_logout|bashrc|profile)
            |var/cache/((debconf|ldconfig|man|fontconfig)/.*|apt/archives/lock)
            |var/lib/(dpkg|pam|python|sgml-base|ucf|xml-core)/.*
            |var/lib/(apt/extended_states|dbus/machine-id|systemd/(deb-systemd-helper-.*|timers/stamp-[a-z].*|catalog/database))
            """
                    .replace("\n", ""));

    private static final Pattern MAY_STAY_EMPTY = Pattern.compile("etc/machine-id|var/log/.*|var/lib/dpkg/.*lock.*");

    private final Machine image;
    private final Path layer;

    /** Takes an image mounted, and the layer of it that a bake made. */
    Residue(Machine image, Path layer) {
        this.image = image;
        this.layer = layer;
    }

    /** Every changed file that neither belongs to a package nor may be there. */
    List<String> strangeFiles() {
        Predicate<String> isOfPackage = filesOfPackages()::contains;
        return changedFiles().stream()
                .filter(file -> !MAY_CHANGE.matcher(file).matches())
                .filter(isOfPackage.negate())
                .filter(file ->
                        !(MAY_STAY_EMPTY.matcher(file).matches() && text(file).isEmpty()))
                .toList();
    }

    /** Every changed file that has one of these texts in it or in its name, programs as their packages have them aside. */
    List<String> filesSpeakingOf(String... texts) {
        Set<String> ofPackages = filesOfPackages();
        return changedFiles().stream()
                .filter(file ->
                        !file.startsWith("usr/") || !(ofPackages.contains(file) || file.contains("/__pycache__/")))
                .filter(file -> Stream.of(texts)
                        .anyMatch(text -> file.contains(text) || text(file).contains(text)))
                .toList();
    }

    private List<String> changedFiles() {
        try (Stream<Path> files = Files.walk(layer)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> layer.relativize(file).toString())
                    .filter(file -> Files.exists(image.file(file), LinkOption.NOFOLLOW_LINKS)) // else it is a deletion
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Set<String> filesOfPackages() {
        Set<String> files = new HashSet<>();
        try (Stream<Path> lists = Files.list(image.file("var/lib/dpkg/info"))) {
            for (Path list :
                    lists.filter(file -> file.toString().endsWith(".list")).toList()) {
                Files.readAllLines(list).forEach(line -> files.add(line.substring(1)));
            }
            return files;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String text(String file) {
        Path path = image.file(file);
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? Files.readString(path, StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
