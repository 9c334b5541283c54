"""Serializes requests and parses responses with botocore, as a second opinion on the simulator's codec.

Reads one JSON object a line and answers one a line:
  {"kind": "request", "service", "operation", "params"}                   -> {"method", "target", "headers", "body"}
  {"kind": "response", "service", "operation", "status", "headers", "body", "expected"}
      -> {"tree", "expected"}, the latter without what botocore does not know
Blobs and bodies are base64, timestamps are ISO 8601 in requests and milliseconds in responses.
An operation that botocore does not have, or that streams events, is answered {"skip": reason}.
"""
import base64
import datetime
import json
import sys
import traceback
import urllib.parse

import botocore.awsrequest
import botocore.parsers
import botocore.serialize
import botocore.session

SESSION = botocore.session.Session()
MODELS = {}


class Skip(Exception):
    pass


def model_of(service):
    if service not in MODELS:
        model = SESSION.get_service_model(service)
        MODELS[service] = (model, {name.lower(): name for name in model.operation_names})
    return MODELS[service]


def operation_of(case):
    model, names = model_of(case["service"])
    name = names.get(case["operation"].lower())
    if name is None:
        raise Skip("botocore has no such operation")
    operation = model.operation_model(name)
    if operation.has_event_stream_input or operation.has_event_stream_output:
        raise Skip("event stream")
    return model, operation


def protocol_of(model):
    return model.resolved_protocol


def to_params(shape, value):
    kind = shape.type_name
    if kind == "structure":
        unknown = set(value) - set(shape.members)
        if unknown:
            raise Skip("botocore does not know the members " + ", ".join(sorted(unknown)))
        return {name: to_params(shape.members[name], member) for name, member in value.items()}
    if kind == "list":
        return [to_params(shape.member, item) for item in value]
    if kind == "map":
        return {key: to_params(shape.value, item) for key, item in value.items()}
    return base64.b64decode(value) if kind == "blob" else value


def serialize(case):
    model, operation = operation_of(case)
    params = to_params(operation.input_shape, case["params"]) if operation.input_shape else {}
    serializer = botocore.serialize.create_serializer(protocol_of(model), include_validation=False)
    request = serializer.serialize_to_request(params, operation)
    botocore.awsrequest.prepare_request_dict(request, endpoint_url="http://127.0.0.1")
    prepared = botocore.awsrequest.create_request_object(request).prepare()
    body = prepared.body or b""
    url = urllib.parse.urlsplit(prepared.url)
    headers = {name: text(value) for name, value in prepared.headers.items()}
    return {
        "method": prepared.method,
        "target": url.path + ("?" + url.query if url.query else ""),
        "headers": headers,
        "body": base64.b64encode(body.encode() if isinstance(body, str) else body).decode(),
    }


def parse(case):
    model, operation = operation_of(case)
    parser = botocore.parsers.create_parser(protocol_of(model))
    response = {
        "status_code": case["status"],
        "headers": botocore.awsrequest.HeadersDict(case["headers"]),
        "body": base64.b64decode(case["body"]),
    }
    tree = parser.parse(response, operation.output_shape)
    tree.pop("ResponseMetadata", None)
    expected = known(operation.output_shape, case["expected"])
    if operation.has_streaming_output:
        payload = operation.output_shape.serialization["payload"]
        tree.pop(payload, None)
        if payload in expected:  # Invoke's, which the SDK does not stream
            tree[payload] = response["body"]
    return {"tree": plain(tree), "expected": expected}


def known(shape, value):
    """Drops the members that this botocore is too old to know."""
    kind = shape.type_name if shape else "none"
    if kind == "structure":
        named = {name_of(shape, name): member for name, member in value.items()}
        return {name: known(shape.members[name], member) for name, member in named.items() if name in shape.members}
    if kind == "list":
        return [known(shape.member, item) for item in value]
    if kind == "map":
        return {key: known(shape.value, item) for key, item in value.items()}
    return value if shape else {}


def name_of(shape, name):
    """Java cannot name members Return and Public; the SDK adds Value."""
    return name if name in shape.members else name.removesuffix("Value")


def plain(value):
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def main():
    for line in sys.stdin:
        case = json.loads(line)
        try:
            answer = serialize(case) if case["kind"] == "request" else parse(case)
        except Skip as skip:
            answer = {"skip": str(skip)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
