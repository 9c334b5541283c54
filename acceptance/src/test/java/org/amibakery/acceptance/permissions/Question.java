package org.amibakery.acceptance.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What IAM is asked about one principal. The policy of a resource counts as well, where it has one. */
record Question(Principal principal, Need need, Optional<JsonNode> resourcePolicy) {
    static Question of(Principal principal, Need need) {
        return new Question(principal, need, Optional.empty());
    }

    @Override
    public String toString() {
        return "%s %s %s %s".formatted(principal, need.action(), need.resource(), need.context());
    }
}
