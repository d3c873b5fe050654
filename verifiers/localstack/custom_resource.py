"""Custom resources of AWS CloudFormation, which LocalStack's open core has not.

The function of the template is invoked, and tells by a PUT to a URL what has become of the resource (AWS
CloudFormation, "Custom resource request types" and "Custom resource response objects").
"""

import json
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceProviderExecutor,
)


class CustomResource(ResourceProvider):
    TYPE = "AWS::CloudFormation::CustomResource"
    SCHEMA = {"primaryIdentifier": ["/properties/PhysicalResourceId"]}

    def create(self, request):
        return change(request, "Create")

    def update(self, request):
        return change(request, "Update")

    def delete(self, request):
        return change(request, "Delete")


class Answer(BaseHTTPRequestHandler):
    def do_PUT(self):
        self.server.answer = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def change(request, kind):
    state, previous = request.desired_state, request.previous_state or {}
    properties = {name: value for name, value in state.items() if name not in ("PhysicalResourceId", "ServiceTimeout")}
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        server.timeout = 10
        server.answer = None
        event = {
            "RequestType": kind,
            "RequestId": str(uuid.uuid4()),
            "ResponseURL": "http://127.0.0.1:%d/" % server.server_port,
            "ResourceType": request.resource_type,
            "LogicalResourceId": request.logical_resource_id,
            "StackId": request.stack_id,
            "ResourceProperties": properties,
        }
        physical_id = state.get("PhysicalResourceId") or previous.get("PhysicalResourceId")
        if physical_id:
            event["PhysicalResourceId"] = physical_id
        invocation = request.aws_client_factory.lambda_.invoke(
            FunctionName=state["ServiceToken"], InvocationType="Event", Payload=json.dumps(event).encode()
        )
        server.handle_request()
        answer = server.answer
    if answer is None:
        return failed(f"no answer of the function to {kind} ({invocation['StatusCode']})")
    if answer["Status"] != "SUCCESS":
        return failed(answer["Reason"])
    for name in ("StackId", "RequestId", "LogicalResourceId"):
        if answer[name] != event[name]:
            return failed(f"the answer is for another {name}: {answer[name]}")
    model = {**state, **answer.get("Data", {}), "PhysicalResourceId": answer["PhysicalResourceId"]}
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def failed(message):
    return ProgressEvent(OperationStatus.FAILED, resource_model={}, message=message)


def install():
    """Makes AWS CloudFormation know the types of custom resources."""
    load = ResourceProviderExecutor.try_load_resource_provider

    def load_custom(resource_type):
        if resource_type.startswith("Custom::"):
            return CustomResource()
        return load(resource_type)

    ResourceProviderExecutor.try_load_resource_provider = staticmethod(load_custom)
