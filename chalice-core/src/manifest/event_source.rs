//! The functions of an app that an event source invokes, and the pure ones, as
//! data for the tools that read the manifest.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::model::Source;

/// A function that is invoked by its name, and by nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PureLambdaFunction {
    /// The ARN of where records of failed asynchronous invocations go (AWS Lambda, "Destinations").
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// A function that Amazon S3 notifies of what happens in a bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Function {
    /// The bucket's name.
    pub bucket: String,
    /// The event types: `s3:ObjectCreated:*`.
    pub events: Vec<String>,
    /// What the keys start with.
    pub prefix: Option<String>,
    /// What the keys end with.
    pub suffix: Option<String>,
    /// The ARN of where records of failed invocations go.
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// A function that Amazon SNS sends the messages of a topic to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnsFunction {
    /// The name of a topic of the function's own account and region; else `topic_arn` is set.
    pub topic: Option<String>,
    /// The topic's ARN.
    pub topic_arn: Option<String>,
    /// Which messages reach the function (Amazon SNS, "Subscription filter policies"); `None` for all.
    pub filter_policy: Option<Map<String, Value>>,
    /// What the filter policy looks at.
    pub filter_policy_scope: FilterPolicyScope,
    /// The ARN of where records of failed invocations go.
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// What a filter policy looks at (Amazon SNS, `FilterPolicyScope`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilterPolicyScope {
    /// The attributes of messages.
    MessageAttributes,
    /// The messages themselves.
    MessageBody,
}

/// A function that AWS Lambda invokes with messages of an Amazon SQS queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqsFunction {
    /// The name of a queue of the function's own account and region; else `queue_arn` is set.
    pub queue: Option<String>,
    /// The queue's ARN.
    pub queue_arn: Option<String>,
    /// How many messages an invocation has at most.
    pub batch_size: u32,
    /// For how many seconds messages are gathered.
    pub maximum_batching_window_in_seconds: u32,
    /// How many invocations the queue causes at a time, at most.
    pub maximum_concurrency: Option<u32>,
    /// Filter patterns (AWS Lambda, "Event filtering"), of which a message has to match one; empty for all messages.
    pub filters: Vec<Map<String, Value>>,
    /// Whether the function's answer says which messages failed (`ReportBatchItemFailures`).
    pub report_batch_item_failures: bool,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// A function that AWS Lambda invokes with records of an Amazon Kinesis data stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KinesisFunction {
    /// The name of a stream of the function's own account and region; else `stream_arn` is set.
    pub stream: Option<String>,
    /// The ARN of the stream, or of a consumer of it with enhanced fan-out.
    pub stream_arn: Option<String>,
    /// How many records an invocation has at most.
    pub batch_size: u32,
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
    /// For how many seconds records are gathered.
    pub maximum_batching_window_in_seconds: u32,
    /// Filter patterns, of which a record has to match one; empty for all records.
    pub filters: Vec<Map<String, Value>>,
    /// Whether the function's answer says which records failed (`ReportBatchItemFailures`).
    pub report_batch_item_failures: bool,
    /// The ARN of where records of discarded batches go.
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// A function that AWS Lambda invokes with the changes of an Amazon DynamoDB table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DynamodbFunction {
    /// The ARN of the table's stream.
    pub stream_arn: String,
    /// How many records an invocation has at most.
    pub batch_size: u32,
    /// Where in the stream the function starts.
    pub starting_position: StartingPosition,
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
    /// For how many seconds records are gathered.
    pub maximum_batching_window_in_seconds: u32,
    /// Filter patterns, of which a record has to match one; empty for all records.
    pub filters: Vec<Map<String, Value>>,
    /// Whether the function's answer says which records failed (`ReportBatchItemFailures`).
    pub report_batch_item_failures: bool,
    /// The ARN of where records of discarded batches go.
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// Where in a stream a function starts (AWS Lambda, `CreateEventSourceMapping`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StartingPosition {
    /// With what comes after the function's deployment.
    Latest,
    /// With the oldest record that the stream still has.
    TrimHorizon,
    /// With the first record after a moment.
    AtTimestamp,
}

/// A function that Amazon EventBridge sends the events of a bus to that match a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloudwatchFunction {
    /// The event pattern.
    pub pattern: Map<String, Value>,
    /// The name or the ARN of the event bus; `None` for the account's default one.
    pub event_bus: Option<String>,
    /// The ARN of where records of failed invocations go.
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name and the rule's.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// A function that Amazon EventBridge invokes on a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduledFunction {
    /// The schedule expression: `rate(1 hour)`.
    pub schedule: String,
    /// The ARN of where records of failed invocations go.
    pub on_failure: Option<String>,
    /// What AWS shows beside the function's name and the rule's.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// A function that answers one route of the WebSocket API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebsocketFunction {
    /// `$connect`, `$disconnect`, `$default`, or the value of a message's `action`.
    pub route_key: String,
    /// What AWS shows beside the function's name.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}
