//! Events of buckets of Amazon S3.

mod eventbridge;

use std::{borrow::Cow, fmt, sync::Arc, time::SystemTime};

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    EventError, EventRecord, FromRecord, RecordError, Source,
    batch::{Batch, Shared},
    batch_event,
    json::{self, Described, Object},
    text, time,
};
use crate::{
    LambdaContext,
    event::{EventText, text::Span},
};

#[cfg(test)]
pub(super) use eventbridge::url_encoded;

/// Something happened to an object of a bucket of Amazon S3: a notification (Amazon S3 User Guide,
/// "Event message structure"), or an event that came through Amazon EventBridge ("EventBridge event
/// message structure"), which says the same in other words.
///
/// ```
/// use chalice_runtime::S3Event;
///
/// async fn resize(event: S3Event) {
///     println!("resizing {} of {}", event.key(), event.bucket());
///     for record in event.records() {
///         println!("{}: {:?} bytes at {:?}", record.event_name(), record.size(), record.event_time());
///     }
/// }
/// ```
///
/// Amazon S3 sends one record per event, and reserves the right to send more. An event of
/// EventBridge is one record.
#[derive(Clone)]
pub struct S3Event {
    batch: Arc<Batch<Fields>>,
    context: LambdaContext,
    /// Never empty.
    records: Arc<Vec<S3Record>>,
}

impl S3Event {
    fn read(event: EventText) -> Result<(Arc<Batch<Fields>>, Vec<S3Record>), EventError> {
        let records = match json::some_records::<Fields>(event.get(), Source::S3) {
            Ok(records) => records,
            Err(error) => {
                let fields = eventbridge::record(event.get()).unwrap_or(Err(error))?;
                vec![(fields, Span::within(event.get(), event.get()))]
            }
        };
        Ok(Batch::new(
            event,
            records,
            |fields| decode(&fields.s3.0.object.0.key),
            |shared, key| S3Record { shared, key },
        ))
    }

    /// The first record.
    fn first(&self) -> &S3Record {
        &self.records[0]
    }

    /// The bucket of the first record.
    pub fn bucket(&self) -> &str {
        self.first().bucket()
    }

    /// The object's key in the first record, decoded.
    pub fn key(&self) -> &str {
        self.first().key()
    }
}

batch_event!(S3Event, S3Record, Source::S3);

/// What happened to one object.
#[derive(Clone)]
pub struct S3Record {
    shared: Shared<Fields>,
    key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    event_version: Option<String>,
    event_source: Option<String>,
    aws_region: Option<String>,
    event_time: Option<String>,
    event_name: Option<String>,
    user_identity: Option<Object<UserIdentity>>,
    request_parameters: Option<Object<RequestParameters>>,
    response_elements: Option<Object<ResponseElements>>,
    s3: Object<Entity>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserIdentity {
    principal_id: Option<String>,
}

#[derive(Deserialize)]
struct RequestParameters {
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: Option<String>,
}

#[derive(Deserialize)]
struct ResponseElements {
    #[serde(rename = "x-amz-request-id")]
    request_id: Option<String>,
    #[serde(rename = "x-amz-id-2")]
    host_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    configuration_id: Option<String>,
    bucket: Object<Bucket>,
    object: Object<ObjectOfBucket>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bucket {
    name: String,
    arn: Option<String>,
    owner_identity: Option<Object<UserIdentity>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ObjectOfBucket {
    key: String,
    size: Option<u64>,
    e_tag: Option<String>,
    version_id: Option<String>,
    sequencer: Option<String>,
}

impl Described for Fields {
    fn event_source(&self) -> Option<&str> {
        self.event_source.as_deref()
    }
}

impl S3Record {
    fn fields(&self) -> &Fields {
        self.shared.fields()
    }

    fn object(&self) -> &ObjectOfBucket {
        &self.fields().s3.0.object.0
    }

    fn bucket_entity(&self) -> &Bucket {
        &self.fields().s3.0.bucket.0
    }

    /// The name of the bucket.
    pub fn bucket(&self) -> &str {
        &self.bucket_entity().name
    }

    /// The ARN of the bucket.
    pub fn bucket_arn(&self) -> &str {
        text(&self.bucket_entity().arn)
    }

    /// The customer id of the bucket's owner; `None` of EventBridge.
    pub fn bucket_owner(&self) -> Option<&str> {
        let owner = self.bucket_entity().owner_identity.as_ref()?;
        owner.0.principal_id.as_deref()
    }

    /// The object's key: what SDKs take as `key`.
    ///
    /// Notifications carry it URL-encoded, with `+` for a space; here it is
    /// decoded, once. EventBridge carries it as it is.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The object's key as notifications carry it: URL-encoded.
    pub fn url_encoded_key(&self) -> &str {
        &self.object().key
    }

    /// The object's size in bytes; `None` where the object is gone.
    pub fn size(&self) -> Option<u64> {
        self.object().size
    }

    /// The object's entity tag; `None` where the object is gone.
    pub fn e_tag(&self) -> Option<&str> {
        self.object().e_tag.as_deref()
    }

    /// The object's version, of a bucket with versioning.
    pub fn version_id(&self) -> Option<&str> {
        self.object().version_id.as_deref()
    }

    /// A hexadecimal text by which events of the same key can be put in order:
    /// the larger one is the later one, once the shorter one has been padded with
    /// zeros on its left.
    pub fn sequencer(&self) -> Option<&str> {
        self.object().sequencer.as_deref()
    }

    /// What happened, without the prefix `s3:`: `ObjectCreated:Put`. For an event of EventBridge, what a notification
    /// would say: a group such as `ObjectCreated:*` if its reason is not known, and nothing if there are no such notifications.
    pub fn event_name(&self) -> &str {
        text(&self.fields().event_name)
    }

    /// When Amazon S3 finished the request; to the second where it came through EventBridge.
    pub fn event_time(&self) -> Option<SystemTime> {
        time::rfc3339(text(&self.fields().event_time))
    }

    /// The version of the event's structure: `2.1`; of EventBridge's `0`.
    pub fn event_version(&self) -> &str {
        text(&self.fields().event_version)
    }

    /// The region of the bucket.
    pub fn aws_region(&self) -> &str {
        text(&self.fields().aws_region)
    }

    /// Who caused the event, as Amazon S3 knows it: `AWS:AIDAJDPLRKLG7UEXAMPLE`. `None` of EventBridge,
    /// which knows an account, in `detail.requester` of [`raw`](S3Record::raw).
    pub fn principal_id(&self) -> Option<&str> {
        let user = self.fields().user_identity.as_ref()?;
        user.0.principal_id.as_deref()
    }

    /// The address that the request came from, or the name of the service that made it.
    pub fn source_ip_address(&self) -> Option<&str> {
        let parameters = self.fields().request_parameters.as_ref()?;
        parameters.0.source_ip_address.as_deref()
    }

    /// The id of the request that caused the event, `x-amz-request-id`.
    pub fn request_id(&self) -> Option<&str> {
        let response = self.fields().response_elements.as_ref()?;
        response.0.request_id.as_deref()
    }

    /// The host that answered the request, `x-amz-id-2`, which AWS Support asks for; `None` of EventBridge.
    pub fn host_id(&self) -> Option<&str> {
        let response = self.fields().response_elements.as_ref()?;
        response.0.host_id.as_deref()
    }

    /// The id of the notification's configuration at the bucket; `None` of EventBridge.
    pub fn configuration_id(&self) -> Option<&str> {
        self.fields().s3.0.configuration_id.as_deref()
    }

    /// The record as it stands in the event; of EventBridge, the whole event.
    pub fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

/// A key as it is: `+` is a space, the rest is percent-encoded.
fn decode(key: &str) -> String {
    let spaced: Cow<'_, str> = if key.contains('+') {
        Cow::Owned(key.replace('+', " "))
    } else {
        Cow::Borrowed(key)
    };
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

impl EventRecord for S3Record {
    fn item_identifier(&self) -> &str {
        self.sequencer().unwrap_or_default()
    }

    fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl FromRecord<S3Record> for S3Record {
    fn from_record(record: S3Record) -> Result<S3Record, RecordError> {
        Ok(record)
    }
}

impl fmt::Debug for S3Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Record")
            .field("event_name", &self.event_name())
            .field("bucket", &self.bucket())
            .field("key", &self.key())
            .finish_non_exhaustive()
    }
}
