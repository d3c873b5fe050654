"""Adds notifications to a bucket that exists, and takes away its own alone.

A notification is the stack's if its id begins with that of the stack; all others stay as they are.
"""
import json
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

KINDS = ("TopicConfigurations", "QueueConfigurations", "LambdaFunctionConfigurations", "EventBridgeConfiguration")
S3 = boto3.client("s3", config=Config(retries={"mode": "standard", "max_attempts": 10}))


def handler(event, context):
    status, reason = "SUCCESS", ""
    try:
        change(event)
    except Exception as error:
        status, reason = "FAILED", f"{type(error).__name__}: {error}"[:1000]
        print(reason)
    answer(event, status, reason)


def change(event):
    _, _, _, _, account, stack = event["StackId"].split(":", 5)
    own = stack.rsplit("/", 1)[-1] + ":"
    properties = event["ResourceProperties"]
    bucket = {"Bucket": properties["Bucket"], "ExpectedBucketOwner": account}
    try:
        current = S3.get_bucket_notification_configuration(**bucket)
    except ClientError as error:
        if event["RequestType"] == "Delete" and error.response["Error"]["Code"] == "NoSuchBucket":
            return
        raise
    wanted = {kind: current[kind] for kind in KINDS if kind in current}
    functions = [it for it in current.get("LambdaFunctionConfigurations", []) if not it.get("Id", "").startswith(own)]
    if event["RequestType"] != "Delete":
        functions += [{**it, "Id": own + it["Id"]} for it in properties["LambdaFunctionConfigurations"]]
    wanted["LambdaFunctionConfigurations"] = functions
    S3.put_bucket_notification_configuration(
        NotificationConfiguration=wanted,
        # What others have set may have no permission any more, and is theirs to mend.
        SkipDestinationValidation=event["RequestType"] == "Delete",
        **bucket,
    )


def answer(event, status, reason):
    body = {
        "Status": status,
        "Reason": reason,
        "PhysicalResourceId": event.get("PhysicalResourceId") or event["ResourceProperties"]["Bucket"],
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
    }
    request = urllib.request.Request(
        event["ResponseURL"], data=json.dumps(body).encode(), method="PUT", headers={"Content-Type": ""}
    )
    urllib.request.urlopen(request).close()
