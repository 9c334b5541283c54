package org.amibakery.simulator.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.utils.Lazy;

/** Finds the operation of a REST request by method, path, constant query parameters and required members. */
final class RestRouter {
    private static final String COPY_SOURCE = "x-amz-copy-source";

    private final WireProtocol protocol;
    private final List<Route> simulated;
    private final Supplier<List<Route>> known;

    RestRouter(WireProtocol protocol, OperationIndex index) {
        this.protocol = protocol;
        this.simulated = routes(index.simulated());
        this.known = new Lazy<>(() -> routes(index.known()))::getValue;
    }

    /** Finds the route; what the service knows but the handler lacks is refused by name. */
    Route route(WireRequest request) {
        Optional<Route> best = best(simulated, request);
        if (best.isPresent() && explains(best.get(), request)) {
            return best.get();
        }
        Optional<Route> meant = best(known.get(), request);
        if (meant.isEmpty() || best.map(RestRouter::nameOf).equals(meant.map(RestRouter::nameOf))) {
            return best.orElseThrow(() -> Refusal.UNKNOWN_OPERATION.in(
                    protocol, "No operation is at " + request.method() + " " + request.rawPath()));
        }
        throw Refusal.NOT_SIMULATED.in(protocol, "The simulator does not know the operation " + nameOf(meant.get()));
    }

    private static String nameOf(Route route) {
        return route.operation().name();
    }

    /** Only with all operations at hand is it certain that {@code GET /b?acl} is no ListObjects. */
    private static boolean explains(Route route, WireRequest request) {
        boolean copies = request.headers().has(COPY_SOURCE);
        return (!copies || route.operation().name().contains("Copy"))
                && request.query().pairs().stream()
                        .map(Parameters.Parameter::name)
                        .filter(name -> !isSignature(name))
                        .allMatch(route::knows);
    }

    private static boolean isSignature(String name) {
        return name.startsWith("X-Amz-")
                || List.of("x-id", "AWSAccessKeyId", "Signature", "Expires").contains(name);
    }

    private static Optional<Route> best(List<Route> routes, WireRequest request) {
        return routes.stream()
                .filter(route -> route.fits(request) && route.hasRequiredMembers(request))
                .max(Comparator.comparingInt(Route::specificity));
    }

    private List<Route> routes(Collection<Operation> operations) {
        return operations.stream()
                .filter(operation -> !operation.binding().hasEventStreamingInput())
                .map(operation -> new Route(operation, prefix(operation)))
                .toList();
    }

    /** The SDK's S3 templates lack the bucket, except for the two that list buckets. */
    private String prefix(Operation operation) {
        boolean needsBucket = protocol == WireProtocol.REST_XML
                && !operation.binding().requestUri().equals("/")
                && !operation.binding().requestUri().startsWith("/WriteGetObjectResponse");
        return needsBucket ? "/{Bucket}" : "";
    }
}
