//! What invokes functions, besides the APIs.

use chalice_core::manifest::model::{FilterPolicyScope, StartingPosition};
use serde_json::{Map, Value};

use super::{Arn, Function};
use crate::Id;

/// What invokes a function.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EventSource {
    /// Its name within the app, such as `<function>-sqs-event-source`.
    pub name: String,
    /// The function.
    pub function: Id<Function>,
    /// What it is.
    pub kind: EventSourceKind,
}

/// What an event source is.
#[derive(Clone, Debug, PartialEq)]
pub enum EventSourceKind {
    /// A rule of Amazon EventBridge.
    Rule(EventRule),
    /// A subscription of a topic of Amazon SNS.
    Sns(SnsSubscription),
    /// A queue or a stream that AWS Lambda polls.
    Mapping(EventSourceMapping),
    /// Notifications of a bucket of Amazon S3.
    S3(S3Notification),
}

/// A rule with the function as its target (Amazon EventBridge, "PutRule").
#[derive(Clone, Debug, PartialEq)]
pub struct EventRule {
    /// Its name in AWS: `<app>-<stage>-<function>-event`.
    pub rule_name: String,
    /// When it invokes the function.
    pub trigger: RuleTrigger,
    /// What AWS shows beside it.
    pub description: Option<String>,
    /// The bucket of Amazon S3 that has to send its events to Amazon EventBridge, so that there is something to match:
    /// of a handler of `#[on_s3_event]`, where the stage has `"s3_events": "eventbridge"`.
    pub bucket: Option<String>,
}

/// When a rule invokes its target.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleTrigger {
    /// On a schedule: `rate(1 hour)`.
    Schedule(String),
    /// When there is an event that matches a pattern.
    Pattern {
        /// The pattern.
        pattern: Map<String, Value>,
        /// The name or the ARN of the event bus; `None` for the account's default one.
        event_bus: Option<String>,
    },
}

/// A subscription of a function (Amazon SNS, "Subscribe").
#[derive(Clone, Debug, PartialEq)]
pub struct SnsSubscription {
    /// The topic.
    pub topic: Arn,
    /// Which messages reach the function; `None` for all.
    pub filter_policy: Option<Map<String, Value>>,
    /// What the filter policy looks at.
    pub filter_policy_scope: FilterPolicyScope,
}

/// A queue or a stream that AWS Lambda polls (AWS Lambda, "CreateEventSourceMapping").
#[derive(Clone, Debug, PartialEq)]
pub struct EventSourceMapping {
    /// The queue or the stream.
    pub event_source: Arn,
    /// Which of the two, with what it alone has.
    pub source: MappingSource,
    /// How many records an invocation has at most.
    pub batch_size: u32,
    /// For how many seconds records are gathered.
    pub maximum_batching_window_in_seconds: u32,
    /// Patterns of which a record has to match one; empty for all records.
    pub filters: Vec<Map<String, Value>>,
    /// Whether the function's answer says which records failed (`ReportBatchItemFailures`).
    pub report_batch_item_failures: bool,
}

/// What AWS Lambda polls.
#[derive(Clone, Debug, PartialEq)]
pub enum MappingSource {
    /// A queue of Amazon SQS.
    Queue {
        /// How many invocations it causes at a time, at most.
        maximum_concurrency: Option<u32>,
    },
    /// A stream.
    Stream(StreamSettings),
}

/// What streams alone have.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamSettings {
    /// Of which service.
    pub kind: StreamKind,
    /// Where in the stream the function starts.
    pub starting_position: StartingPosition,
    /// The moment of [`StartingPosition::AtTimestamp`], in Unix seconds.
    pub starting_position_timestamp: Option<u64>,
    /// How many batches of a shard are handled at a time, 1 to 10.
    pub parallelization_factor: u32,
    /// How often a batch is tried again; -1 until the stream has lost its records.
    pub maximum_retry_attempts: i32,
    /// Records older than so many seconds are discarded; -1 for none.
    pub maximum_record_age_in_seconds: i32,
    /// Whether a batch that fails is split in two.
    pub bisect_batch_on_function_error: bool,
    /// The length of the windows over which the function keeps a state, in seconds; 0 for none.
    pub tumbling_window_in_seconds: u32,
    /// The ARN of where records of discarded batches go.
    pub on_failure: Option<String>,
}

/// The services that have streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamKind {
    /// Amazon Kinesis.
    Kinesis,
    /// Amazon DynamoDB.
    Dynamodb,
}

/// Notifications of a bucket that exists (Amazon S3, "Amazon S3 Event Notifications").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Notification {
    /// The bucket's name.
    pub bucket: String,
    /// The event types: `s3:ObjectCreated:*`.
    pub events: Vec<String>,
    /// What the keys start with.
    pub prefix: Option<String>,
    /// What the keys end with.
    pub suffix: Option<String>,
}

impl S3Notification {
    /// The bucket's ARN.
    pub fn bucket_arn(&self) -> Arn {
        Arn::Global {
            service: "s3",
            resource: self.bucket.clone(),
        }
    }
}
