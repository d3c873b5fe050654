//! Notifications of Amazon S3.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::event;

/// A notification of Amazon S3; made by [`s3`].
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct S3(Value);

event!(S3);

/// A notification that an object was created. The key is the object's, as SDKs take it.
///
/// ```
/// # use chalice_events as events;
///
/// let created = events::s3("photos", "2026/Tim & Tom.jpg");
/// let removed = events::s3("photos", "2026/old.jpg").event_name("ObjectRemoved:Delete");
/// ```
pub fn s3(bucket: &str, key: &str) -> S3 {
    S3(json!({ "Records": [{
        "awsRegion": "us-west-2",
        "eventName": "ObjectCreated:Put",
        "eventSource": "aws:s3",
        "eventTime": "2018-05-22T04:41:23.823Z",
        "eventVersion": "2.0",
        "requestParameters": { "sourceIPAddress": "1.1.1.1" },
        "responseElements": { "x-amz-id-2": "request-id-2", "x-amz-request-id": "request-id-1" },
        "s3": {
            "bucket": {
                "arn": format!("arn:aws:s3:::{bucket}"),
                "name": bucket,
                "ownerIdentity": { "principalId": "ABCD" },
            },
            "configurationId": "config-id",
            "object": {
                "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                "key": url_encode(key),
                "sequencer": "005B039F73C627CE8B",
                "size": 0,
            },
            "s3SchemaVersion": "1.0",
        },
        "userIdentity": { "principalId": "AWS:XYZ" },
    }] }))
}

impl S3 {
    fn record(mut self, change: impl FnOnce(&mut Value)) -> S3 {
        change(&mut self.0["Records"][0]);
        self
    }

    /// What happened: `ObjectRemoved:Delete`.
    pub fn event_name(self, name: &str) -> S3 {
        self.record(|record| record["eventName"] = name.into())
    }

    /// The object's size in bytes.
    pub fn size(self, size: u64) -> S3 {
        self.record(|record| record["s3"]["object"]["size"] = size.into())
    }

    /// The object's entity tag.
    pub fn e_tag(self, e_tag: &str) -> S3 {
        self.record(|record| record["s3"]["object"]["eTag"] = e_tag.into())
    }

    /// The object's version.
    pub fn version_id(self, id: &str) -> S3 {
        self.record(|record| record["s3"]["object"]["versionId"] = id.into())
    }

    /// The object's key as the notification carries it, URL-encoded.
    pub fn url_encoded_key(self, key: &str) -> S3 {
        self.record(|record| record["s3"]["object"]["key"] = key.into())
    }

    /// The region of the bucket.
    pub fn region(self, region: &str) -> S3 {
        self.record(|record| record["awsRegion"] = region.into())
    }
}

/// A key as notifications carry it: `+` for a space, `%` for what has a meaning in URLs.
fn url_encode(key: &str) -> String {
    let mut encoded = String::with_capacity(key.len());
    for byte in key.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'*' | b'~' => {
                encoded.push(char::from(byte));
            }
            // A `String` takes whatever is written.
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}
