package org.amibakery.acceptance.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.amibakery.acceptance.infrastructure.Stack;

/** Who acts on AWS in an installation, each with the resources of the template that say what it may do. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are made by List.of
enum Principal {
    WORKER(List.of("WorkerLaunchPolicy", "WorkerCommandPolicy"), List.of()),
    BUILDER(List.of("BuilderRole"), List.of()),
    FIND_FOUNDATION_IMAGE(List.of("FindFoundationImageRole"), List.of("org.amibakery.lambdas.foundation")),
    CLEAN_UP_IMAGES(List.of("CleanUpImagesRole"), List.of("org.amibakery.lambdas.cleanup")),
    CLEAN_UP_ORPHANS(List.of("CleanUpOrphansRole"), List.of("org.amibakery.lambdas.orphans"));

    /** Stands in for AWS and its users, or runs as the functions do. */
    private static final List<String> NOT_THE_WORKERS =
            List.of("org.amibakery.simulator", "org.amibakery.demo", "org.amibakery.acceptance");

    private final List<String> resources;
    private final List<String> packages;

    Principal(List<String> resources, List<String> packages) {
        this.resources = resources;
        this.packages = packages;
    }

    /** The documents of all its policies. */
    List<JsonNode> policies(Stack stack) {
        return resources.stream()
                .flatMap(resource -> stack.policies(resource).stream())
                .toList();
    }

    List<JsonNode> statements(Stack stack) {
        return policies(stack).stream()
                .flatMap(policy -> Stack.stream(policy.get("Statement")))
                .toList();
    }

    /** Whether the class runs in this principal's name; the reaper of the worker shares the function's classes. */
    boolean runs(JavaClass type) {
        String name = type.getPackageName();
        if (this == WORKER) {
            return !name.startsWith("org.amibakery.lambdas")
                    && NOT_THE_WORKERS.stream().noneMatch(name::startsWith);
        }
        return packages.stream().anyMatch(name::equals);
    }
}
