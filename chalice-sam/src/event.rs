//! `Events` of `AWS::Serverless::Function`

use chalice_core::manifest::model::{FilterPolicyScope, StartingPosition};
use chalice_resources::{
    Arn, EventSource, EventSourceKind, EventSourceMapping, Function, Id, MappingSource,
    RuleTrigger, SnsSubscription, StreamKind, StreamSettings,
};
use serde_json::{Map, Value, json};

use crate::{
    intrinsic::arn,
    logical_id::logical_id,
    writer::{Writer, set},
};

impl Writer<'_> {
    /// What invokes the function, as far as SAM's functions have it.
    pub(crate) fn events(&mut self, function: Id<Function>) -> Map<String, Value> {
        let mut events = Map::new();
        let sources = self.resources.event_sources.iter();
        for source in sources.filter(|source| source.function == function) {
            if let Some((event, resources)) = event(source) {
                self.count(resources);
                events.insert(logical_id(&source.name), event);
            }
        }
        events
    }
}

/// The event, and how many resources SAM makes of it.
fn event(source: &EventSource) -> Option<(Value, usize)> {
    let (kind, properties, resources) = match &source.kind {
        EventSourceKind::Rule(rule) => match &rule.trigger {
            RuleTrigger::Schedule(schedule) => {
                let mut properties = json!({ "Schedule": schedule });
                set(&mut properties, "Description", rule.description.as_deref());
                ("Schedule", properties, 2)
            }
            // SAM's event has no description.
            RuleTrigger::Pattern { .. } if rule.description.is_some() => return None,
            RuleTrigger::Pattern { pattern, event_bus } => {
                let mut properties = json!({ "Pattern": pattern });
                set(&mut properties, "EventBusName", event_bus.as_deref());
                let kind = match event_bus {
                    Some(_) => "EventBridgeRule",
                    None => "CloudWatchEvent",
                };
                (kind, properties, 2)
            }
        },
        EventSourceKind::Sns(subscription) => ("SNS", sns(subscription), 2),
        EventSourceKind::Mapping(mapping) => {
            let (kind, properties) = event_source_mapping(mapping);
            (kind, properties, 1)
        }
        // SAM's event is for buckets of the same template.
        EventSourceKind::S3(_) => return None,
    };
    Some((json!({ "Type": kind, "Properties": properties }), resources))
}

fn sns(subscription: &SnsSubscription) -> Value {
    let mut properties = json!({ "Topic": arn(&subscription.topic) });
    if let Arn::Literal(topic) = &subscription.topic {
        // Else the topic is looked for in the region of the stack.
        set(&mut properties, "Region", topic.split(':').nth(3));
    }
    if let Some(policy) = &subscription.filter_policy {
        properties["FilterPolicy"] = policy.clone().into();
        if subscription.filter_policy_scope == FilterPolicyScope::MessageBody {
            properties["FilterPolicyScope"] = "MessageBody".into();
        }
    }
    properties
}

fn event_source_mapping(mapping: &EventSourceMapping) -> (&'static str, Value) {
    let mut properties = json!({
        "BatchSize": mapping.batch_size,
        "MaximumBatchingWindowInSeconds": mapping.maximum_batching_window_in_seconds,
    });
    if mapping.report_batch_item_failures {
        properties["FunctionResponseTypes"] = json!(["ReportBatchItemFailures"]);
    }
    if !mapping.filters.is_empty() {
        let filters = mapping.filters.iter().map(|filter| {
            // A text, in which AWS Lambda finds JSON.
            json!({ "Pattern": Value::Object(filter.clone()).to_string() })
        });
        properties["FilterCriteria"] = json!({ "Filters": filters.collect::<Vec<_>>() });
    }
    let source = arn(&mapping.event_source);
    match &mapping.source {
        MappingSource::Queue {
            maximum_concurrency,
        } => {
            properties["Queue"] = source;
            if let Some(maximum) = maximum_concurrency {
                properties["ScalingConfig"] = json!({ "MaximumConcurrency": maximum });
            }
            ("SQS", properties)
        }
        MappingSource::Stream(stream) => {
            properties["Stream"] = source;
            stream_settings(stream, &mut properties);
            match stream.kind {
                StreamKind::Kinesis => ("Kinesis", properties),
                StreamKind::Dynamodb => ("DynamoDB", properties),
            }
        }
    }
}

/// What AWS Lambda does unless it is told otherwise is not written.
fn stream_settings(stream: &StreamSettings, properties: &mut Value) {
    properties["StartingPosition"] = match stream.starting_position {
        StartingPosition::Latest => "LATEST",
        StartingPosition::TrimHorizon => "TRIM_HORIZON",
        StartingPosition::AtTimestamp => "AT_TIMESTAMP",
    }
    .into();
    for (name, value, default) in [
        (
            "ParallelizationFactor",
            i64::from(stream.parallelization_factor),
            1,
        ),
        (
            "MaximumRetryAttempts",
            i64::from(stream.maximum_retry_attempts),
            -1,
        ),
        (
            "MaximumRecordAgeInSeconds",
            i64::from(stream.maximum_record_age_in_seconds),
            -1,
        ),
        (
            "TumblingWindowInSeconds",
            i64::from(stream.tumbling_window_in_seconds),
            0,
        ),
    ] {
        set(properties, name, (value != default).then_some(value));
    }
    set(
        properties,
        "StartingPositionTimestamp",
        stream.starting_position_timestamp,
    );
    if stream.bisect_batch_on_function_error {
        properties["BisectBatchOnFunctionError"] = true.into();
    }
    if let Some(destination) = &stream.on_failure {
        properties["DestinationConfig"] = json!({ "OnFailure": { "Destination": destination } });
    }
}
