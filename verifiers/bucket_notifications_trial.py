"""Runs the function that sets notifications of buckets (from the standard input) against moto, in one process.

Writes what a bucket's notifications are after each step, one line of JSON each.
"""

import contextlib
import json
import os
import sys

os.environ.update(
    AWS_DEFAULT_REGION="us-east-1", AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_EC2_METADATA_DISABLED="true"
)

import boto3
from moto import mock_aws

ACCOUNT = "123456789012"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:"
OTHERS = {
    "LambdaFunctionConfigurations": [
        {"Id": "other", "LambdaFunctionArn": FUNCTION + "other", "Events": ["s3:ObjectCreated:*"]}
    ],
    "TopicConfigurations": [
        {"Id": "topic", "TopicArn": f"arn:aws:sns:us-east-1:{ACCOUNT}:topic", "Events": ["s3:ObjectRestore:Post"]}
    ],
}


def event(kind, stack, *names, bucket="bucket"):
    notifications = [
        {"Id": name, "LambdaFunctionArn": FUNCTION + name, "Events": ["s3:ObjectRemoved:*"]} for name in names
    ]
    return {
        "RequestType": kind,
        "StackId": f"arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/app/{stack}",
        "RequestId": "r",
        "LogicalResourceId": "l",
        "ResponseURL": "https://example.invalid/",
        "ResourceProperties": {"Bucket": bucket, "LambdaFunctionConfigurations": notifications},
    }


with mock_aws():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket")
    s3.put_bucket_notification_configuration(
        Bucket="bucket",
        NotificationConfiguration=OTHERS,
        SkipDestinationValidation=True,
    )
    sent = []
    module = {"__name__": "index"}
    exec(sys.stdin.read(), module)
    module["urllib"].request.urlopen = lambda request: sent.append(request) or open(os.devnull)
    for step in [
        event("Create", "one", "a", "b"),
        event("Create", "two", "a"),
        event("Update", "one", "c"),
        event("Delete", "one", "c"),
        event("Delete", "two", "a", bucket="gone"),
        event("Create", "two", "a", bucket="gone"),
    ]:
        with contextlib.redirect_stdout(sys.stderr):
            module["handler"](step, None)
        answer = json.loads(sent.pop().data)
        now = s3.get_bucket_notification_configuration(Bucket="bucket")
        ids = sorted(it["Id"] for it in now.get("LambdaFunctionConfigurations", []))
        print(json.dumps([answer["Status"], ids, now.get("TopicConfigurations") == OTHERS["TopicConfigurations"]]))
