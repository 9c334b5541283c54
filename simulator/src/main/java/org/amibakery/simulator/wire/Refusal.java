package org.amibakery.simulator.wire;

/** Lists what every service refuses or answers by itself, each in its own code and HTTP status. */
enum Refusal {
    // in this order: EC2, Query, JSON (SSM), REST JSON (Lambda), REST XML (S3)
    UNSIGNED(
            "401 AuthFailure",
            "403 MissingAuthenticationToken",
            "400 MissingAuthenticationTokenException",
            "403 MissingAuthenticationTokenException",
            "403 AccessDenied"),
    UNKNOWN_KEY(
            "401 AuthFailure",
            "403 InvalidClientTokenId",
            "400 UnrecognizedClientException",
            "403 UnrecognizedClientException",
            "403 InvalidAccessKeyId"),
    WRONG_SIGNATURE(
            "401 AuthFailure",
            "403 SignatureDoesNotMatch",
            "400 InvalidSignatureException",
            "403 InvalidSignatureException",
            "403 SignatureDoesNotMatch"),
    CLOCK_SKEWED(
            "400 RequestExpired",
            "400 RequestExpired",
            "400 RequestExpired",
            "403 RequestExpired",
            "403 RequestTimeTooSkewed"),
    EXPIRED_TOKEN(
            "400 ExpiredToken",
            "403 ExpiredToken",
            "400 ExpiredTokenException",
            "403 ExpiredTokenException",
            "400 ExpiredToken"),
    UNKNOWN_OPERATION(
            "400 InvalidAction",
            "400 InvalidAction",
            "400 UnknownOperationException",
            "404 UnknownOperationException",
            "405 MethodNotAllowed"),
    NOT_SIMULATED(
            "400 UnsupportedOperation",
            "400 UnsupportedOperation",
            "400 UnsupportedOperation",
            "400 UnsupportedOperation",
            "400 UnsupportedOperation"),
    UNKNOWN_PARAMETER(
            "400 UnknownParameter",
            "400 UnknownParameter",
            "400 UnknownParameter",
            "400 UnknownParameter",
            "400 MalformedXML"),
    INVALID_VALUE(
            "400 InvalidParameterValue",
            "400 InvalidParameterValue",
            "400 ValidationException",
            "400 InvalidParameterValueException",
            "400 InvalidArgument"),
    MALFORMED_BODY(
            "400 MalformedQueryString",
            "400 MalformedQueryString",
            "400 SerializationException",
            "400 InvalidRequestContentException",
            "400 MalformedXML"),
    THROTTLED(
            "503 RequestLimitExceeded",
            "400 Throttling",
            "400 ThrottlingException",
            "429 TooManyRequestsException",
            "503 SlowDown"),
    INTERNAL(
            "500 InternalError",
            "500 InternalFailure",
            "500 InternalServerError",
            "500 ServiceException",
            "500 InternalError");

    private final String ec2;
    private final String query;
    private final String json;
    private final String restJson;
    private final String restXml;

    Refusal(String ec2, String query, String json, String restJson, String restXml) {
        this.ec2 = ec2;
        this.query = query;
        this.json = json;
        this.restJson = restJson;
        this.restXml = restXml;
    }

    /** Builds the error as this protocol's services send it. */
    SimulatorError in(WireProtocol protocol, String message) {
        String form =
                switch (protocol) {
                    case EC2_QUERY -> ec2;
                    case QUERY -> query;
                    case JSON -> json;
                    case REST_JSON -> restJson;
                    case REST_XML -> restXml;
                };
        int blank = form.indexOf(' ');
        return SimulatorError.of(Integer.parseInt(form.substring(0, blank)), form.substring(blank + 1), message);
    }
}
