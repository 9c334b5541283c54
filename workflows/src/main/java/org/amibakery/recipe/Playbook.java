package org.amibakery.recipe;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names one Ansible playbook to run on the builder.
 *
 * @param source an archive (zip or tar.gz) on S3, {@code s3://bucket/key}
 * @param playbook the playbook's path inside the archive
 * @param variables extra variables, handed to ansible-playbook as a JSON file
 */
public record Playbook(String source, String playbook, Map<String, Object> variables) {
    public Playbook {
        requireNonNull(source, "source");
        playbook = playbook == null ? "site.yml" : playbook;
        variables = variables == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
}
