//! Events of buckets that came through Amazon EventBridge.

use chalice_core::event_source::s3::notification_of;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, de::IgnoredAny};

use super::{Bucket, Entity, Fields, ObjectOfBucket, RequestParameters, ResponseElements};
use crate::event_source::{
    EventError, Source,
    json::{self, Object},
};

/// What keys in notifications have in an encoded form only.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'*')
    .remove(b' ');

/// Which of the two shapes an event has.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Shape {
    #[serde(rename = "Records")]
    records: Option<IgnoredAny>,
    detail_type: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Envelope {
    detail_type: String,
    source: String,
    time: Option<String>,
    region: Option<String>,
    resources: Option<Vec<String>>,
    detail: Object<Detail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Detail {
    version: Option<String>,
    event_version: Option<String>,
    bucket: Object<NameOfBucket>,
    object: Object<ObjectInDetail>,
    request_id: Option<String>,
    source_ip_address: Option<String>,
    reason: Option<String>,
    deletion_type: Option<String>,
}

#[derive(Deserialize)]
struct NameOfBucket {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ObjectInDetail {
    key: String,
    size: Option<u64>,
    etag: Option<String>,
    version_id: Option<String>,
    sequencer: Option<String>,
}

/// What a notification would say of an event of Amazon EventBridge (Amazon S3, "EventBridge event message
/// structure"); `None` if the event does not have that shape.
#[cold]
pub(super) fn record(event: &str) -> Option<Result<Fields, EventError>> {
    let shape: Shape = json::object(event, Source::S3).ok()?;
    let is_of_eventbridge = shape.records.is_none() && shape.detail_type.is_some();
    is_of_eventbridge.then(|| fields(event))
}

fn fields(event: &str) -> Result<Fields, EventError> {
    let envelope: Envelope = json::object(event, Source::S3)?;
    if envelope.source != "aws.s3" {
        let reason = "its `source` is not `aws.s3`".to_owned();
        return Err(EventError::new(Source::S3, reason));
    }
    let Object(detail) = envelope.detail;
    let event_name = notification_of(
        &envelope.detail_type,
        detail.reason.as_deref(),
        detail.deletion_type.as_deref(),
    );
    let Object(object) = detail.object;
    Ok(Fields {
        event_version: detail.event_version.or(detail.version),
        event_source: None,
        aws_region: envelope.region,
        event_time: envelope.time,
        event_name: event_name.map(|name| name.trim_start_matches("s3:").to_owned()),
        user_identity: None,
        request_parameters: Some(Object(RequestParameters {
            source_ip_address: detail.source_ip_address,
        })),
        response_elements: Some(Object(ResponseElements {
            request_id: detail.request_id,
            host_id: None,
        })),
        s3: Object(Entity {
            configuration_id: None,
            bucket: Object(Bucket {
                name: detail.bucket.0.name,
                arn: envelope.resources.into_iter().flatten().next(),
                owner_identity: None,
            }),
            object: Object(ObjectOfBucket {
                key: url_encoded(&object.key),
                size: object.size,
                e_tag: object.etag,
                version_id: object.version_id,
                sequencer: object.sequencer,
            }),
        }),
    })
}

/// A key, which EventBridge has as it is, as notifications have it.
pub(in crate::event_source) fn url_encoded(key: &str) -> String {
    utf8_percent_encode(key, ENCODED)
        .to_string()
        .replace(' ', "+")
}
