package org.amibakery.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import software.amazon.awssdk.core.SdkPojo;

/** Speaks EC2's protocol and AWS Query: forms in, XML out. */
final class FormProtocol implements Codec {
    private final WireProtocol protocol;
    private final FormCodec forms;

    FormProtocol(WireProtocol protocol) {
        this.protocol = protocol;
        this.forms = new FormCodec(protocol);
    }

    static Parameters parametersOf(WireRequest request) {
        return request.query().and(Parameters.ofForm(new String(request.body(), UTF_8)));
    }

    @Override
    public DecodedCall decode(WireRequest request, OperationIndex index) {
        Parameters parameters = parametersOf(request);
        String action = parameters.first("Action").orElse("");
        Operation operation = Codec.find(protocol, index, action);
        return new DecodedCall(operation, forms.decode(operation.newRequest(), parameters), request);
    }

    @Override
    public WireAnswer encode(DecodedCall call, HandlerAnswer answer, String requestId) {
        String action = parametersOf(call.http()).first("Action").orElseThrow();
        String namespace = namespaceOf(call.operation());
        String body = protocol == WireProtocol.EC2_QUERY
                ? ec2(action, namespace, answer.response(), requestId)
                : query(action, namespace, answer.response(), requestId);
        return WireAnswer.of(200, "text/xml;charset=UTF-8", body).with("x-amzn-RequestId", requestId);
    }

    private static String ec2(String action, String namespace, SdkPojo response, String requestId) {
        XmlWriter out = new XmlWriter()
                .declaration()
                .open(action + "Response", namespace)
                .element("requestId", requestId);
        if (response.sdkFields().isEmpty()) {
            out.element("return", "true");
        }
        XmlCodec.write(out, response);
        return out.close(action + "Response").toString();
    }

    private static String query(String action, String namespace, SdkPojo response, String requestId) {
        XmlWriter out = new XmlWriter().open(action + "Response", namespace);
        out.open(action + "Result"); // an empty one too: botocore insists on it
        XmlCodec.write(out, response);
        out.close(action + "Result");
        return out.open("ResponseMetadata")
                .element("RequestId", requestId)
                .close("ResponseMetadata")
                .close(action + "Response")
                .toString();
    }

    private String namespaceOf(Operation operation) {
        String service =
                operation.method().getParameterTypes()[0].getPackageName().replaceAll(".*services\\.|\\.model", "");
        return "xmlns=\"http%s://%s.amazonaws.com/doc/%s/\""
                .formatted(
                        protocol == WireProtocol.EC2_QUERY || service.equals("sns") ? "" : "s",
                        service,
                        operation.binding().apiVersion());
    }
}
