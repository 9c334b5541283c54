package org.amibakery.simulator.wire;

/** Answers the one IAM call that Packer makes when a template names an instance profile; every profile exists. */
final class IamAnswers {
    private IamAnswers() {}

    static WireAnswer answer(WireRequest request, String requestId) {
        Parameters parameters = FormProtocol.parametersOf(request);
        String action = parameters.first("Action").orElse("");
        if (!action.equals("GetInstanceProfile")) {
            throw Refusal.NOT_SIMULATED.in(
                    WireProtocol.QUERY, "The simulator knows of IAM only GetInstanceProfile, not " + action);
        }
        String name = parameters.first("InstanceProfileName").orElse("");
        XmlWriter out = new XmlWriter()
                .open("GetInstanceProfileResponse", "xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"")
                .open("GetInstanceProfileResult")
                .open("InstanceProfile")
                .element("InstanceProfileId", "AIPASIMULATEDPROFILE1")
                .element("InstanceProfileName", name)
                .element("Arn", "arn:aws:iam::123456789012:instance-profile/" + name)
                .element("Path", "/")
                .element("CreateDate", "2026-01-01T00:00:00Z")
                .open("Roles")
                .close("Roles")
                .close("InstanceProfile")
                .close("GetInstanceProfileResult")
                .open("ResponseMetadata")
                .element("RequestId", requestId)
                .close("ResponseMetadata")
                .close("GetInstanceProfileResponse");
        return WireAnswer.of(200, "text/xml;charset=UTF-8", out.toString());
    }
}
