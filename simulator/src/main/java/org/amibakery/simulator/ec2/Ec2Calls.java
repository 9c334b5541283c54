package org.amibakery.simulator.ec2;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** Runs every operation the same way: within the limits, one at a time, listeners told afterwards. */
abstract class Ec2Calls implements Ec2Client {
    private final Ec2Place here;
    private final Nouns nouns;
    private final RequestLimits limits;
    private final boolean limited;

    Ec2Calls(Ec2Place here, Nouns nouns, RequestLimits limits, Ec2World.Limits which) {
        this.here = here;
        this.nouns = nouns;
        this.limits = limits;
        this.limited = which == Ec2World.Limits.PUBLISHED;
    }

    @Override
    public final String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public final void close() {}

    final Nouns nouns() {
        return nouns;
    }

    final <Q extends Ec2Request, A> A answer(Q request, Function<Q, A> operation) {
        try {
            synchronized (here.lock()) {
                if (limited) {
                    admit(request);
                }
                return operation.apply(request);
            }
        } finally {
            tellTerminated();
        }
    }

    /** Tells listeners outside the lock, since they may ask EC2 back. */
    final void tellTerminated() {
        List<String> terminated;
        synchronized (here.lock()) {
            terminated = nouns.lifecycle().takeJustTerminated();
        }
        terminated.forEach(id -> here.terminationListeners().forEach(listener -> listener.accept(id)));
    }

    private void admit(Ec2Request request) {
        String type = request.getClass().getSimpleName();
        String operation = type.substring(0, type.length() - "Request".length());
        limits.admit(new RequestLimits.Admission(operation, isNarrowed(request)));
        int instances = instances(request);
        if (instances > 0) {
            limits.admitResources(operation, instances);
        }
    }

    private static boolean isNarrowed(Ec2Request request) {
        return request.sdkFields().stream()
                .filter(field -> field.memberName().endsWith("Ids")
                        || field.memberName().equals("Filters")
                        || field.memberName().equals("MaxResults"))
                .anyMatch(field -> isSet(field, request));
    }

    private static boolean isSet(SdkField<?> field, Ec2Request request) {
        Object value = field.getValueOrDefault(request);
        return value instanceof Collection<?> many ? !many.isEmpty() : value != null;
    }

    private static int instances(Ec2Request request) {
        if (request instanceof RunInstancesRequest run) {
            return run.maxCount() == null ? 0 : run.maxCount();
        }
        if (request instanceof StartInstancesRequest start) {
            return start.instanceIds().size();
        }
        if (request instanceof StopInstancesRequest stop) {
            return stop.instanceIds().size();
        }
        return request instanceof TerminateInstancesRequest terminate
                ? terminate.instanceIds().size()
                : 0;
    }
}
