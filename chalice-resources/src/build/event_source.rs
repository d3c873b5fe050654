//! The event sources, with the permissions that they need.

use chalice_config::S3Events;
use chalice_core::manifest::model::{
    DynamodbFunction, Function as Declaration, FunctionKind, KinesisFunction, SqsFunction,
};

use super::{Build, bucket_pattern};
use crate::{
    Arn, EventRule, EventSource, EventSourceKind, EventSourceMapping, Function, Id, MappingSource,
    Permission, PermissionSource, RuleTrigger, S3Notification, SnsSubscription, StreamKind,
    StreamSettings,
};

impl Build<'_> {
    pub(super) fn event_source(&mut self, declaration: &Declaration, function: Id<Function>) {
        let Some((suffix, kind)) = self.event_source_kind(declaration) else {
            return;
        };
        let name = format!("{}-{suffix}", declaration.name);
        let principal = kind.principal();
        let source = self.resources.event_sources.add(EventSource {
            name: name.clone(),
            function,
            kind,
        });
        if let Some(principal) = principal {
            self.resources.permissions.push(Permission {
                name,
                function,
                principal,
                source: PermissionSource::EventSource(source),
            });
        }
    }

    fn event_source_kind(
        &mut self,
        declaration: &Declaration,
    ) -> Option<(&'static str, EventSourceKind)> {
        let rule_name = self.prefixed(&format!("{}-event", declaration.name));
        let rule = |description: &Option<String>, trigger| EventRule {
            rule_name,
            trigger,
            description: description.clone(),
            bucket: None,
        };
        Some(match &declaration.kind {
            FunctionKind::Scheduled(function) => {
                let trigger = RuleTrigger::Schedule(function.schedule.clone());
                let rule = rule(&function.description, trigger);
                ("event", EventSourceKind::Rule(rule))
            }
            FunctionKind::Cloudwatch(function) => {
                let trigger = RuleTrigger::Pattern {
                    pattern: function.pattern.clone(),
                    event_bus: function.event_bus.clone(),
                };
                let rule = rule(&function.description, trigger);
                ("event", EventSourceKind::Rule(rule))
            }
            FunctionKind::S3(function) if self.stage.s3_events() == S3Events::EventBridge => {
                let pattern = match bucket_pattern::pattern(&declaration.name, function) {
                    Ok(pattern) => pattern,
                    Err(problems) => {
                        self.problems.extend(problems);
                        return None;
                    }
                };
                let trigger = RuleTrigger::Pattern {
                    pattern,
                    // To which Amazon S3 sends events, and to no other.
                    event_bus: None,
                };
                let rule = EventRule {
                    bucket: Some(function.bucket.clone()),
                    ..rule(&function.description, trigger)
                };
                ("event", EventSourceKind::Rule(rule))
            }
            FunctionKind::S3(function) => {
                let notification = S3Notification {
                    bucket: function.bucket.clone(),
                    events: function.events.clone(),
                    prefix: function.prefix.clone(),
                    suffix: function.suffix.clone(),
                };
                ("s3event", EventSourceKind::S3(notification))
            }
            FunctionKind::Sns(function) => {
                let subscription = SnsSubscription {
                    topic: arn("sns", "", &function.topic, &function.topic_arn),
                    filter_policy: function.filter_policy.clone(),
                    filter_policy_scope: function.filter_policy_scope,
                };
                ("sns-subscription", EventSourceKind::Sns(subscription))
            }
            FunctionKind::Sqs(function) => (
                "sqs-event-source",
                EventSourceKind::Mapping(queue(function)),
            ),
            FunctionKind::Kinesis(function) => (
                "kinesis-event-source",
                EventSourceKind::Mapping(kinesis(function)),
            ),
            FunctionKind::Dynamodb(function) => (
                "dynamodb-event-source",
                EventSourceKind::Mapping(dynamodb(function)),
            ),
            FunctionKind::RestApi {}
            | FunctionKind::Authorizer(_)
            | FunctionKind::PureLambda(_)
            | FunctionKind::Websocket(_) => return None,
        })
    }
}

/// The ARN of what the manifest has either the name or the ARN of.
fn arn(service: &'static str, kind: &str, name: &Option<String>, arn: &Option<String>) -> Arn {
    match (arn, name) {
        (Some(arn), _) => Arn::Literal(arn.clone()),
        (None, name) => Arn::Regional {
            service,
            resource: format!("{kind}{}", name.as_deref().unwrap_or_default()),
        },
    }
}

fn queue(function: &SqsFunction) -> EventSourceMapping {
    EventSourceMapping {
        event_source: arn("sqs", "", &function.queue, &function.queue_arn),
        source: MappingSource::Queue {
            maximum_concurrency: function.maximum_concurrency,
        },
        batch_size: function.batch_size,
        maximum_batching_window_in_seconds: function.maximum_batching_window_in_seconds,
        filters: function.filters.clone(),
        report_batch_item_failures: function.report_batch_item_failures,
    }
}

fn kinesis(function: &KinesisFunction) -> EventSourceMapping {
    EventSourceMapping {
        event_source: arn("kinesis", "stream/", &function.stream, &function.stream_arn),
        source: MappingSource::Stream(StreamSettings {
            kind: StreamKind::Kinesis,
            starting_position: function.starting_position,
            starting_position_timestamp: function.starting_position_timestamp,
            parallelization_factor: function.parallelization_factor,
            maximum_retry_attempts: function.maximum_retry_attempts,
            maximum_record_age_in_seconds: function.maximum_record_age_in_seconds,
            bisect_batch_on_function_error: function.bisect_batch_on_function_error,
            tumbling_window_in_seconds: function.tumbling_window_in_seconds,
            on_failure: function.on_failure.clone(),
        }),
        batch_size: function.batch_size,
        maximum_batching_window_in_seconds: function.maximum_batching_window_in_seconds,
        filters: function.filters.clone(),
        report_batch_item_failures: function.report_batch_item_failures,
    }
}

fn dynamodb(function: &DynamodbFunction) -> EventSourceMapping {
    EventSourceMapping {
        event_source: Arn::Literal(function.stream_arn.clone()),
        source: MappingSource::Stream(StreamSettings {
            kind: StreamKind::Dynamodb,
            starting_position: function.starting_position,
            starting_position_timestamp: None,
            parallelization_factor: function.parallelization_factor,
            maximum_retry_attempts: function.maximum_retry_attempts,
            maximum_record_age_in_seconds: function.maximum_record_age_in_seconds,
            bisect_batch_on_function_error: function.bisect_batch_on_function_error,
            tumbling_window_in_seconds: function.tumbling_window_in_seconds,
            on_failure: function.on_failure.clone(),
        }),
        batch_size: function.batch_size,
        maximum_batching_window_in_seconds: function.maximum_batching_window_in_seconds,
        filters: function.filters.clone(),
        report_batch_item_failures: function.report_batch_item_failures,
    }
}
