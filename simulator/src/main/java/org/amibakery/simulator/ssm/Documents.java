package org.amibakery.simulator.ssm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;

/** Keeps the documents of one place with all their versions. Safe for use by several threads. */
final class Documents {
    private static final String DEFAULT = "$DEFAULT";
    private static final String LATEST = "$LATEST";

    private final Place place;
    private final SimulatorClock clock;
    private final Map<String, Shelf> shelves = new TreeMap<>();

    Documents(Place place, SimulatorClock clock) {
        this.place = place;
        this.clock = clock;
    }

    private static final class Shelf {
        private final List<DocumentVersion> versions = new ArrayList<>();
        private int defaultVersion = 1;
    }

    /** Adds a new document; fails with DocumentAlreadyExists. */
    synchronized DocumentVersion create(String name, String content, DocumentFormat format) {
        if (shelves.containsKey(name)) {
            throw SimulatorError.refused("DocumentAlreadyExists", "Document with name " + name + " already exists.");
        }
        CommandDocument parsed = DocumentParser.parse(content, format);
        Shelf shelf = new Shelf();
        shelves.put(name, shelf);
        return add(shelf, new DocumentVersion(name, 1, content, format, parsed, clock.now()));
    }

    /** Adds a version; the default version stays. Fails with DuplicateDocumentContent when the text is known. */
    synchronized DocumentVersion update(String name, String content, DocumentFormat format) {
        Shelf shelf = shelf(name);
        if (shelf.versions.stream().anyMatch(version -> version.content().equals(content))) {
            throw SimulatorError.refused(
                    "DuplicateDocumentContent",
                    "The content of the association document matches another document. Change the content of the"
                            + " document and try again.");
        }
        CommandDocument parsed = DocumentParser.parse(content, format);
        int number = shelf.versions.size() + 1;
        return add(shelf, new DocumentVersion(name, number, content, format, parsed, clock.now()));
    }

    /** Makes sure a document has this content by default, whatever was there before. */
    synchronized DocumentVersion register(String name, String content) {
        DocumentFormat format = content.stripLeading().startsWith("{") ? DocumentFormat.JSON : DocumentFormat.YAML;
        if (!shelves.containsKey(name)) {
            return create(name, content, format);
        }
        DocumentVersion latest = find(name, LATEST);
        DocumentVersion wanted = latest.content().equals(content) ? latest : update(name, content, format);
        shelf(name).defaultVersion = wanted.number();
        return wanted;
    }

    /** Finds a version by number, $DEFAULT or $LATEST, the document by name or ARN. */
    synchronized DocumentVersion find(String nameOrArn, String version) {
        Shelf shelf = shelf(nameOrArn);
        return switch (version) {
            case DEFAULT -> shelf.versions.get(shelf.defaultVersion - 1);
            case LATEST -> shelf.versions.get(shelf.versions.size() - 1);
            default ->
                shelf.versions.stream()
                        .filter(candidate -> candidate.version().equals(version))
                        .findFirst()
                        .orElseThrow(() -> SimulatorError.refused(
                                "InvalidDocumentVersion",
                                "Document version " + version + " is not valid for document " + nameOrArn + "."));
        };
    }

    synchronized void useByDefault(String name, String version) {
        int number = find(name, version).number();
        shelf(name).defaultVersion = number;
    }

    synchronized void delete(String name) {
        shelf(name);
        shelves.remove(name);
    }

    synchronized boolean exists(String name) {
        return shelves.containsKey(name);
    }

    synchronized List<String> names() {
        return List.copyOf(shelves.keySet());
    }

    Place place() {
        return place;
    }

    private static DocumentVersion add(Shelf shelf, DocumentVersion version) {
        shelf.versions.add(version);
        return version;
    }

    private Shelf shelf(String nameOrArn) {
        String prefix = "arn:aws:ssm:" + place.region() + ":" + place.account() + ":document/";
        String name = nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
        Shelf shelf = shelves.get(name);
        if (shelf == null) {
            throw SsmErrors.invalidDocument(nameOrArn);
        }
        return shelf;
    }
}
