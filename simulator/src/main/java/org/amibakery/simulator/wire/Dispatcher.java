package org.amibakery.simulator.wire;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;

/** Takes a request from its signature to its answer. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final ServiceDirectory services;
    private final Gatekeeper gatekeeper;
    private final FaultPlan faults;
    private final CallListener listener;
    private final Clock clock;
    private final Map<WireProtocol, Codec> codecs = new EnumMap<>(WireProtocol.class);

    Dispatcher(WireServer.Builder settings) {
        this.services = settings.services;
        this.gatekeeper = new Gatekeeper(settings.credentials, settings.clock);
        this.faults = settings.faults;
        this.listener = settings.listener;
        this.clock = settings.clock;
        for (WireProtocol protocol : WireProtocol.values()) {
            codecs.put(protocol, Codec.of(protocol));
        }
    }

    /**
     * Answers a request.
     *
     * @throws InterruptedException when the server stops while a fault delays the call
     */
    Delivery dispatch(WireRequest request) throws InterruptedException {
        CallInProgress call = new CallInProgress(request, clock);
        Delivery delivery = attempt(request, call);
        listener.called(call.finish());
        return delivery;
    }

    private Delivery attempt(WireRequest request, CallInProgress call) throws InterruptedException {
        try {
            return answer(request, call);
        } catch (SimulatorError refused) {
            return refusal(call, refused);
        } catch (RuntimeException bug) {
            LOG.error("The simulator failed to answer target={}", request.rawPath(), bug);
            return refusal(call, Refusal.INTERNAL.in(call.protocol(), "The simulator failed: " + bug));
        }
    }

    private Delivery answer(WireRequest request, CallInProgress call) throws InterruptedException {
        VerifiedRequest verified = gatekeeper.verify(request);
        call.verified(verified.scope());
        if (verified.scope().service().equals("iam")) {
            return new Delivery.Send(IamAnswers.answer(verified.request(), call.requestId()));
        }
        SdkClient handler = services.handlerFor(verified.scope())
                .orElseThrow(() -> Refusal.NOT_SIMULATED.in(
                        call.protocol(),
                        "The simulator does not know the service "
                                + verified.scope().service()));
        DecodedCall decoded =
                codecs.get(call.protocol()).decode(verified.request(), OperationIndex.of(handler.getClass()));
        call.decoded(decoded);
        new EnumCheck(call.protocol()).check(decoded.request());
        return commit(handler, decoded, call);
    }

    private Delivery commit(SdkClient handler, DecodedCall decoded, CallInProgress call) throws InterruptedException {
        FaultedCall faulted = new FaultedCall(call.scope(), decoded.operation().name(), decoded.request());
        FaultRun run = new FaultRun(faults.meeting(faulted), call);
        Optional<Delivery> before = run.at(Fault.Moment.BEFORE_COMMIT, () -> unavailable(call));
        if (before.isPresent()) {
            return before.get();
        }
        WireAnswer answer = invoke(handler, decoded, call);
        return run.at(Fault.Moment.AFTER_COMMIT, () -> answer).orElseGet(() -> new Delivery.Send(answer));
    }

    private WireAnswer invoke(SdkClient handler, DecodedCall decoded, CallInProgress call) {
        try {
            refuseDryRun(call.protocol(), decoded); // here, so that faults deny it as AWS does
            HandlerAnswer answer = new Invocation(handler, call.protocol()).run(decoded);
            return codecs.get(call.protocol()).encode(decoded, answer, call.requestId());
        } catch (SimulatorError refused) {
            call.failed(refused);
            return WireErrors.write(call.protocol(), refused, call.requestId());
        }
    }

    /** DryRun (EC2, every mutating operation) asks for permission only; the simulator grants all. */
    private static void refuseDryRun(WireProtocol protocol, DecodedCall decoded) {
        if (protocol != WireProtocol.EC2_QUERY) {
            return;
        }
        for (SdkField<?> field : decoded.request().sdkFields()) {
            boolean dryRun = field.memberName().equals("DryRun")
                    && Members.valueOf(field, decoded.request()).equals(Optional.of(true));
            if (dryRun) {
                throw SimulatorError.of(
                        412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
            }
        }
    }

    private static WireAnswer unavailable(CallInProgress call) {
        SimulatorError error = SimulatorError.of(503, "ServiceUnavailable", "The service is unavailable (injected)");
        return WireErrors.write(call.protocol(), error, call.requestId());
    }

    private static Delivery refusal(CallInProgress call, SimulatorError error) {
        call.failed(error);
        return new Delivery.Send(WireErrors.write(call.protocol(), error, call.requestId()));
    }
}
