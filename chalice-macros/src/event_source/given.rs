//! The settings that an attribute was given, and the ways to read one.

use std::{fmt::Display, ops::RangeInclusive};

use chalice_core::event_source::arn::Arn;
use proc_macro2::Span;
use syn::LitStr;

use crate::{
    errors::Errors,
    json,
    settings::{self, Setting},
};

pub(super) struct Given<'k> {
    /// The keys that the attribute knows.
    pub(super) keys: &'k [&'k str],
    pub(super) settings: Vec<Setting>,
    /// Whether all of them could be parsed.
    pub(super) is_complete: bool,
}

impl Given<'_> {
    /// The setting of that key; of a repeated one, the first.
    pub(super) fn find(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// Reports that a setting is missing, unless it may be there, misspelt or not to be parsed.
    pub(super) fn missing(&self, message: impl Display, errors: &mut Errors) {
        let is_known = |setting: &Setting| self.keys.iter().any(|key| setting.key == key);
        if self.is_complete && self.settings.iter().all(is_known) {
            errors.at(Span::call_site(), message);
        }
    }

    /// The string literal under `key`, if it is given.
    pub(super) fn text(&self, key: &str, example: &str, errors: &mut Errors) -> Option<LitStr> {
        let setting = self.find(key)?;
        settings::text(setting, &format!("{example:?}"), errors)
    }

    /// The string literal under `key`, if `check` finds nothing wrong with it.
    pub(super) fn checked<E: Display>(
        &self,
        key: &str,
        example: &str,
        check: impl FnOnce(&str) -> Result<(), E>,
        errors: &mut Errors,
    ) -> Option<String> {
        let literal = self.text(key, example, errors)?;
        let value = literal.value();
        match check(&value) {
            Ok(()) => Some(value),
            Err(problem) => {
                errors.at(literal.span(), problem);
                None
            }
        }
    }

    /// The whole number under `key`, or `default`.
    pub(super) fn number(
        &self,
        key: &str,
        default: u32,
        range: RangeInclusive<u32>,
        reason: &str,
        errors: &mut Errors,
    ) -> u32 {
        let Some(setting) = self.find(key) else {
            return default;
        };
        match settings::number(setting) {
            Some(number) if range.contains(&number) => number,
            _ => {
                let (start, end) = (range.start(), range.end());
                settings::wrong_value(
                    setting,
                    format!(
                        "`{key}` is a whole number from {start} to {end}: {reason}\nhelp: `{key} = {}`",
                        default.clamp(*start, *end)
                    ),
                    errors,
                );
                default
            }
        }
    }

    /// The flag under `key`, or `default`.
    pub(super) fn flag(&self, key: &str, default: bool, errors: &mut Errors) -> bool {
        match self.find(key) {
            Some(setting) => settings::flag(setting, errors),
            None => default,
        }
    }

    /// Where records of failed invocations go, as JSON for the manifest. `kinds`
    /// are the services that AWS lets them go to.
    pub(super) fn on_failure(&self, kinds: &[&str], errors: &mut Errors) -> String {
        let example = "arn:aws:sqs:us-east-1:123456789012:failures";
        let arn = self.checked(
            "on_failure",
            example,
            |arn| destination_problem(arn, kinds),
            errors,
        );
        json::optional(arn.as_deref())
    }
}

/// The services that failed asynchronous invocations can be reported to (AWS
/// Lambda, "Capturing records of Lambda asynchronous invocations").
pub(super) const ASYNCHRONOUS: [&str; 5] = ["sqs", "sns", "lambda", "events", "s3"];

/// The services that discarded batches of a stream can be reported to (AWS
/// Lambda, "Capturing discarded batches").
pub(super) const OF_STREAM: [&str; 3] = ["sqs", "sns", "s3"];

fn destination_problem(arn: &str, kinds: &[&str]) -> Result<(), String> {
    let refused = |problem: String| {
        let known: Vec<&str> = kinds.iter().map(|service| words(service)).collect();
        Err(format!(
            "{arn:?} cannot be a destination: {problem}AWS Lambda reports failures of this function to {}\nhelp: \
             `on_failure = \"arn:aws:sqs:us-east-1:123456789012:failures\"`",
            known.join(", "),
        ))
    };
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, _, _, resource] = fields.as_slice() else {
        return refused("it is not an ARN. ".to_owned());
    };
    if !kinds.contains(service) || !partition.starts_with("aws") || resource.is_empty() {
        return refused(String::new());
    }
    // The ARN of a bucket has neither region nor account.
    if *service != "s3"
        && let Err(problem) = Arn::parse(arn)
    {
        return Err(problem.to_string());
    }
    if arn.ends_with(".fifo") && matches!(*service, "sqs" | "sns") {
        return refused("AWS Lambda sends nothing to FIFO queues and topics. ".to_owned());
    }
    Ok(())
}

/// What a service calls its destinations.
fn words(service: &str) -> &'static str {
    match service {
        "sqs" => "an SQS queue",
        "sns" => "an SNS topic",
        "lambda" => "a Lambda function",
        "events" => "an EventBridge event bus",
        _ => "an S3 bucket",
    }
}
