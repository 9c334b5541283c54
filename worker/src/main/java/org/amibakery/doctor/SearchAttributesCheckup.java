package org.amibakery.doctor;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.amibakery.temporal.KnownSearchAttributes;
import org.amibakery.temporal.TemporalConnection;

/** Examines whether the namespace knows the search attributes that bakes write. */
final class SearchAttributesCheckup implements Checkup {
    private static final String SUBJECT = "search attributes";

    private final TemporalConnection temporal;

    SearchAttributesCheckup(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    @Override
    public List<Finding> examine() {
        KnownSearchAttributes known = new KnownSearchAttributes(temporal);
        try {
            List<String> missing = known.missing();
            List<String> wrong = known.ofAnotherType();
            List<Finding> findings = new ArrayList<>();
            if (!missing.isEmpty()) {
                findings.add(Finding.warning(
                        SUBJECT,
                        "%s not registered, so bakes leave them out and cannot be found by them."
                                .formatted(String.join(", ", missing) + (missing.size() == 1 ? " is" : " are")),
                        "bakery doctor --fix, then restart the workers; or: temporal operator search-attribute create --type Keyword --name "
                                + String.join(" --name ", missing)));
            }
            if (!wrong.isEmpty()) {
                findings.add(Finding.warning(
                        SUBJECT,
                        "%s registered with another type than Keyword, so bakes leave them out."
                                .formatted(String.join(", ", wrong) + (wrong.size() == 1 ? " is" : " are")),
                        "Remove them and create them again with --type Keyword, then restart the workers."));
            }
            if (findings.isEmpty()) {
                findings.add(
                        Finding.good(SUBJECT, "All %d are registered.".formatted(KnownSearchAttributes.OURS.size())));
            }
            return findings;
        } catch (StatusRuntimeException unlisted) {
            return List.of(Finding.untried(
                    SUBJECT,
                    "The server does not list them (%s), so bakes leave them out."
                            .formatted(unlisted.getStatus().getCode()),
                    "Allow it, if bakes are to be found by recipe, step, region, image and builder."));
        }
    }
}
