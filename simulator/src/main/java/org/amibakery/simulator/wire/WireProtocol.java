package org.amibakery.simulator.wire;

/** Names the five wire protocols of the simulated services. */
enum WireProtocol {
    EC2_QUERY,
    QUERY,
    JSON,
    REST_JSON,
    REST_XML;

    /** Tells a service's protocol by its signing name; what is not listed speaks Query, as IAM does. */
    static WireProtocol of(String service) {
        return switch (service) {
            case "ec2" -> EC2_QUERY;
            case "ssm" -> JSON;
            case "lambda" -> REST_JSON;
            case "s3" -> REST_XML;
            default -> QUERY;
        };
    }
}
