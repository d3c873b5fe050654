//! Events of Amazon EventBridge: what rules match, and what schedules send.

use std::{fmt, time::SystemTime};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use super::{EventError, Source, SourceEvent, arn, json, record::read_json, text, time};
use crate::LambdaContext;

/// An event of Amazon EventBridge, the former CloudWatch Events (Amazon
/// EventBridge User Guide, "Events in Amazon EventBridge").
///
/// What happened is in the `detail`: JSON of any shape, or a type of yours.
///
/// ```
/// use chalice_runtime::CloudWatchEvent;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// #[serde(rename_all = "kebab-case")]
/// struct StateChange {
///     instance_id: String,
///     state: String,
/// }
///
/// async fn changed(event: CloudWatchEvent<StateChange>) {
///     println!("{} in {} is {}", event.detail().instance_id, event.region(), event.detail().state);
/// }
///
/// async fn anything(event: CloudWatchEvent) {
///     println!("{}: {}", event.detail_type(), event.detail()["state"]);
/// }
/// ```
#[derive(Clone)]
pub struct CloudWatchEvent<T = Value> {
    raw: Box<RawValue>,
    context: LambdaContext,
    detail: T,
    fields: Fields,
}

#[derive(Clone)]
struct Fields {
    version: Option<String>,
    id: Option<String>,
    detail_type: String,
    source: String,
    account: Option<String>,
    time: Option<String>,
    region: Option<String>,
    resources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Envelope<'a> {
    version: Option<Value>,
    id: Option<String>,
    detail_type: String,
    source: String,
    account: Option<String>,
    time: Option<String>,
    region: Option<String>,
    resources: Option<Vec<String>>,
    #[serde(borrow)]
    detail: Option<&'a RawValue>,
}

impl<T: DeserializeOwned> CloudWatchEvent<T> {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// The event is none of Amazon EventBridge, or its detail is no `T`.
    pub fn from_raw(
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<CloudWatchEvent<T>, EventError> {
        let envelope: Envelope<'_> = json::object(event.get(), Source::CloudWatch)?;
        let detail = envelope.detail.map_or("null", RawValue::get);
        let detail = read_json(detail.as_bytes()).map_err(|error| {
            EventError::new(Source::CloudWatch, format!("its `detail` is {error}"))
        })?;
        let fields = Fields {
            version: envelope.version.and_then(|version| match version {
                Value::String(version) => Some(version),
                Value::Number(version) => Some(version.to_string()),
                _ => None,
            }),
            id: envelope.id,
            detail_type: envelope.detail_type,
            source: envelope.source,
            account: envelope.account,
            time: envelope.time,
            region: envelope.region,
            resources: envelope.resources.unwrap_or_default(),
        };
        Ok(CloudWatchEvent {
            raw: event,
            context,
            detail,
            fields,
        })
    }
}

impl<T> CloudWatchEvent<T> {
    /// What happened.
    pub fn detail(&self) -> &T {
        &self.detail
    }

    /// What happened.
    pub fn into_detail(self) -> T {
        self.detail
    }

    /// Which kind of detail it is: `EC2 Instance State-change Notification`,
    /// `Scheduled Event`.
    pub fn detail_type(&self) -> &str {
        &self.fields.detail_type
    }

    /// Who sent the event: `aws.ec2`, `aws.events`, or a name of your own.
    pub fn source(&self) -> &str {
        &self.fields.source
    }

    /// The id of the event, AWS Chalice's `event_id`.
    pub fn id(&self) -> &str {
        text(&self.fields.id)
    }

    /// When it happened, as the sender says; to the second.
    pub fn time(&self) -> Option<SystemTime> {
        time::rfc3339(text(&self.fields.time))
    }

    /// The region in which it happened.
    pub fn region(&self) -> &str {
        text(&self.fields.region)
    }

    /// The id of the account in which it happened.
    pub fn account(&self) -> &str {
        text(&self.fields.account)
    }

    /// The ARNs of what it happened to; of a schedule, the rule.
    pub fn resources(&self) -> &[String] {
        &self.fields.resources
    }

    /// The version of the event's structure: `0`.
    pub fn version(&self) -> &str {
        text(&self.fields.version)
    }

    /// The name of the rule, if the event's first resource is one, as it is when a schedule was due.
    pub fn rule_name(&self) -> Option<&str> {
        let rule = arn::resource(self.fields.resources.first()?).strip_prefix("rule/")?;
        // Rules of an event bus other than the default one: `rule/<bus>/<name>`.
        rule.rsplit('/').next()
    }

    /// The whole event, as AWS Lambda delivered it.
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }

    /// The invocation that the event came with.
    pub fn context(&self) -> &LambdaContext {
        &self.context
    }
}

impl<T: DeserializeOwned + Send + 'static> SourceEvent for CloudWatchEvent<T> {
    const SOURCE: Source = Source::CloudWatch;

    fn from_raw(
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<CloudWatchEvent<T>, EventError> {
        CloudWatchEvent::from_raw(event, context)
    }

    fn raw(&self) -> &RawValue {
        &self.raw
    }

    fn context(&self) -> &LambdaContext {
        &self.context
    }
}

impl<T> fmt::Debug for CloudWatchEvent<T> {
    /// Source, kind and id, and nothing of the detail.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloudWatchEvent")
            .field("source", &self.source())
            .field("detail_type", &self.detail_type())
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}
