//! Events as their sources deliver them.

use chalice::prelude::*;

/// Notifications about objects with these keys.
pub(super) fn s3(keys: &[&str]) -> Value {
    let records: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({
                "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",
                "eventTime": "2026-01-01T00:00:00.000Z", "eventName": "ObjectCreated:Put",
                "s3": {
                    "s3SchemaVersion": "1.0", "configurationId": "c",
                    "bucket": { "name": "mybucket", "arn": "arn:aws:s3:::mybucket" },
                    "object": { "key": key, "size": 3, "eTag": "e", "sequencer": "0A" },
                },
            })
        })
        .collect();
    json!({ "Records": records })
}

/// The same about one object, by way of Amazon EventBridge.
pub(super) fn s3_by_eventbridge(key: &str) -> Value {
    json!({
        "version": "0", "id": "5c1a8f0e-3a55-4d0c-9a0b-1f6f4c1f8b7d", "detail-type": "Object Created",
        "source": "aws.s3", "account": "123456789012", "time": "2026-01-01T00:00:00Z", "region": "us-east-1",
        "resources": ["arn:aws:s3:::mybucket"],
        "detail": {
            "version": "0", "bucket": { "name": "mybucket" },
            "object": { "key": key, "size": 3, "etag": "e", "sequencer": "0A" },
            "request-id": "D82B88E5F771F645", "requester": "123456789012", "source-ip-address": "192.0.2.7",
            "reason": "PutObject",
        },
    })
}

/// One notification.
pub(super) fn sns(message: &str) -> Value {
    json!({ "Records": [{
        "EventSource": "aws:sns", "EventVersion": "1.0",
        "EventSubscriptionArn": "arn:aws:sns:us-east-1:123456789012:mytopic:1",
        "Sns": {
            "Type": "Notification", "MessageId": "m-1", "Subject": null, "Message": message,
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:mytopic",
            "Timestamp": "2026-01-01T00:00:00.000Z", "MessageAttributes": {},
        },
    }] })
}

/// Messages with their groups.
pub(super) fn sqs(queue: &str, messages: &[(&str, &str)]) -> Value {
    let records: Vec<Value> = messages
        .iter()
        .enumerate()
        .map(|(at, (group, body))| {
            json!({
                "messageId": format!("m{at}"), "receiptHandle": "r", "body": body,
                "attributes": { "ApproximateReceiveCount": "1", "MessageGroupId": group },
                "messageAttributes": {}, "md5OfBody": "", "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:us-east-1:123456789012:{queue}"), "awsRegion": "us-east-1",
            })
        })
        .collect();
    json!({ "Records": records })
}
