package org.amibakery.simulator.wire;

import java.util.Optional;
import software.amazon.awssdk.core.SdkClient;

/**
 * Finds the object that answers for one account, region and service.
 *
 * <p>A handler implements the SDK's own client interface ({@code class SimulatedEc2 implements Ec2Client}) and
 * overrides the operations it simulates, always the variant that takes the request record (and, where a body streams,
 * the {@code RequestBody} or {@code ResponseTransformer}). Every other operation is answered as {@code
 * UnsupportedOperation}. It throws {@link SimulatorError} for AWS errors; anything else is answered as AWS's internal
 * error, status 500.
 */
@FunctionalInterface
public interface ServiceDirectory {
    /**
     * Finds the handler of a scope; the same scope gets the same handler. Called by many threads at once.
     *
     * @return empty when this service is not simulated
     */
    Optional<SdkClient> handlerFor(Scope scope);
}
