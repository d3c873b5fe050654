//! What invokes functions, besides the APIs.

use std::collections::BTreeMap;

use chalice_core::manifest::model::{FilterPolicyScope, StartingPosition};
use chalice_resources::{
    EventRule, EventSource, EventSourceKind, EventSourceMapping, FunctionRole, Id, MappingSource,
    RuleTrigger, S3Notification, SnsSubscription, StreamSettings,
};
use serde_json::{Value, json};

use crate::{
    TerraformError,
    expression::{Address, json_literal, literal},
    template::Template,
};

impl Template<'_> {
    pub(crate) fn event_sources(&mut self) -> Result<(), TerraformError> {
        let mut buckets: BTreeMap<&str, Vec<(&EventSource, &S3Notification)>> = BTreeMap::new();
        for source in self.resources.event_sources.iter() {
            match &source.kind {
                EventSourceKind::Rule(rule) => self.rule(source, rule)?,
                EventSourceKind::Sns(subscription) => self.subscription(source, subscription)?,
                EventSourceKind::Mapping(mapping) => self.mapping(source, mapping)?,
                EventSourceKind::S3(notification) => buckets
                    .entry(&notification.bucket)
                    .or_default()
                    .push((source, notification)),
            }
        }
        for (bucket, notifications) in buckets {
            self.bucket(bucket, &notifications)?;
        }
        Ok(())
    }

    fn rule(&mut self, source: &EventSource, rule: &EventRule) -> Result<(), TerraformError> {
        let mut arguments = json!({ "name": literal(&rule.rule_name) });
        if let Some(description) = &rule.description {
            arguments["description"] = literal(description).into();
        }
        let bus = match &rule.trigger {
            RuleTrigger::Schedule(schedule) => {
                arguments["schedule_expression"] = literal(schedule).into();
                None
            }
            RuleTrigger::Pattern { pattern, event_bus } => {
                arguments["event_pattern"] = json_literal(&Value::Object(pattern.clone()));
                event_bus.as_deref()
            }
        };
        let address = rule_address(source);
        let mut target = json!({
            "rule": address.get("name"),
            "target_id": literal(&source.name),
            "arn": self.invoked_arn(source.function),
        });
        if let Some(bus) = bus {
            arguments["event_bus_name"] = literal(bus).into();
            target["event_bus_name"] = literal(bus).into();
        }
        self.add(&address, arguments)?;
        self.add(
            &Address::new("aws_cloudwatch_event_target", &source.name),
            target,
        )
    }

    fn subscription(
        &mut self,
        source: &EventSource,
        subscription: &SnsSubscription,
    ) -> Result<(), TerraformError> {
        let mut arguments = json!({
            "topic_arn": self.arn(&subscription.topic),
            "protocol": "lambda",
            "endpoint": self.invoked_arn(source.function),
        });
        if let Some(policy) = &subscription.filter_policy {
            arguments["filter_policy"] = json_literal(&Value::Object(policy.clone()));
            arguments["filter_policy_scope"] = match subscription.filter_policy_scope {
                FilterPolicyScope::MessageAttributes => "MessageAttributes",
                FilterPolicyScope::MessageBody => "MessageBody",
            }
            .into();
        }
        self.add(
            &Address::new("aws_sns_topic_subscription", &source.name),
            arguments,
        )
    }

    fn mapping(
        &mut self,
        source: &EventSource,
        mapping: &EventSourceMapping,
    ) -> Result<(), TerraformError> {
        let mut arguments = json!({
            "event_source_arn": self.arn(&mapping.event_source),
            "function_name": self.invoked_arn(source.function),
            "batch_size": mapping.batch_size,
            "maximum_batching_window_in_seconds": mapping.maximum_batching_window_in_seconds,
        });
        match &mapping.source {
            MappingSource::Queue {
                maximum_concurrency: Some(maximum),
            } => arguments["scaling_config"] = json!({ "maximum_concurrency": maximum }),
            MappingSource::Queue {
                maximum_concurrency: None,
            } => {}
            MappingSource::Stream(settings) => stream(&mut arguments, settings),
        }
        if !mapping.filters.is_empty() {
            let filters = mapping
                .filters
                .iter()
                .map(|filter| json!({ "pattern": json_literal(&Value::Object(filter.clone())) }));
            arguments["filter_criteria"] = json!({ "filter": filters.collect::<Vec<_>>() });
        }
        if mapping.report_batch_item_failures {
            arguments["function_response_types"] = json!(["ReportBatchItemFailures"]);
        }
        // AWS Lambda takes no mapping of what the role does not permit to be polled.
        if let FunctionRole::Managed(role) = self.resources.functions[source.function].role {
            arguments["depends_on"] = self.role_policies(role);
        }
        self.add(
            &Address::new("aws_lambda_event_source_mapping", &source.name),
            arguments,
        )
    }

    /// A bucket has one configuration of its notifications, so all of them are in one resource. S3
    /// checks whether it may invoke the functions, so that permissions come first.
    fn bucket(
        &mut self,
        bucket: &str,
        notifications: &[(&EventSource, &S3Notification)],
    ) -> Result<(), TerraformError> {
        let functions = notifications.iter().map(|(source, notification)| {
            let mut function = json!({
                "lambda_function_arn": self.invoked_arn(source.function),
                "events": notification.events,
            });
            if let Some(prefix) = &notification.prefix {
                function["filter_prefix"] = literal(prefix).into();
            }
            if let Some(suffix) = &notification.suffix {
                function["filter_suffix"] = literal(suffix).into();
            }
            function
        });
        let permissions = notifications
            .iter()
            .map(|(source, _)| Address::new("aws_lambda_permission", &source.name).to_string());
        let arguments = json!({
            "bucket": literal(bucket),
            "lambda_function": functions.collect::<Vec<_>>(),
            "depends_on": permissions.collect::<Vec<_>>(),
        });
        let name = format!("{bucket}_notify");
        self.add(
            &Address::new("aws_s3_bucket_notification", &name),
            arguments,
        )
    }

    /// What permits the source to invoke its function: its ARN.
    pub(crate) fn event_source_arn(&mut self, source: Id<EventSource>) -> String {
        let source = &self.resources.event_sources[source];
        match &source.kind {
            EventSourceKind::Rule(_) => rule_address(source).get("arn"),
            EventSourceKind::Sns(subscription) => self.arn(&subscription.topic),
            EventSourceKind::S3(notification) => self.arn(&notification.bucket_arn()),
            EventSourceKind::Mapping(mapping) => self.arn(&mapping.event_source),
        }
    }
}

fn rule_address(source: &EventSource) -> Address {
    Address::new("aws_cloudwatch_event_rule", &source.name)
}

/// What the provider keeps when a configuration stops to mention it is always there.
fn stream(arguments: &mut Value, settings: &StreamSettings) {
    arguments["starting_position"] = match settings.starting_position {
        StartingPosition::Latest => "LATEST",
        StartingPosition::TrimHorizon => "TRIM_HORIZON",
        StartingPosition::AtTimestamp => "AT_TIMESTAMP",
    }
    .into();
    if let Some(seconds) = settings.starting_position_timestamp {
        // The provider takes dates alone, and Terraform makes one.
        let date = format!("${{timeadd(\"1970-01-01T00:00:00Z\", \"{seconds}s\")}}");
        arguments["starting_position_timestamp"] = date.into();
    }
    arguments["parallelization_factor"] = settings.parallelization_factor.into();
    arguments["maximum_retry_attempts"] = settings.maximum_retry_attempts.into();
    arguments["maximum_record_age_in_seconds"] = settings.maximum_record_age_in_seconds.into();
    if settings.bisect_batch_on_function_error {
        arguments["bisect_batch_on_function_error"] = true.into();
    }
    if settings.tumbling_window_in_seconds != 0 {
        arguments["tumbling_window_in_seconds"] = settings.tumbling_window_in_seconds.into();
    }
    if let Some(destination) = &settings.on_failure {
        arguments["destination_config"] =
            json!({ "on_failure": { "destination_arn": literal(destination) } });
    }
}
