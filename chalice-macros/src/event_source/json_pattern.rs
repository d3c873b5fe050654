//! Event patterns, filters and filter policies, which are JSON.

use chalice_core::event_source::{
    batch::BatchSource,
    event_pattern::EventPattern,
    filter_criteria,
    filter_policy::{FilterPolicy, FilterPolicyScope},
};

use super::given::Given;
use crate::{errors::Errors, json_value, settings};

/// The event pattern under `key`, as JSON.
pub(super) fn event_pattern(given: &Given<'_>, key: &str, errors: &mut Errors) -> Option<String> {
    let setting = given.find(key)?;
    let value = json_value::of_setting(setting, "{ \"source\": [\"aws.ec2\"] }", errors)?;
    let span = value.span();
    match EventPattern::parse(&value.json(errors)?) {
        Ok(pattern) => Some(pattern.to_string()),
        Err(problem) => {
            errors.at(span, problem);
            None
        }
    }
}

/// The filter policy under `key`, as JSON.
pub(super) fn filter_policy(
    given: &Given<'_>,
    key: &str,
    scope: FilterPolicyScope,
    errors: &mut Errors,
) -> Option<String> {
    let setting = given.find(key)?;
    let value = json_value::of_setting(setting, "{ \"store\": [\"example_corp\"] }", errors)?;
    let span = value.span();
    match FilterPolicy::parse(&value.json(errors)?, scope) {
        Ok(policy) => Some(policy.to_string()),
        Err(problem) => {
            errors.at(span, problem);
            None
        }
    }
}

/// The filters under `key`, each as JSON.
pub(super) fn filters(
    given: &Given<'_>,
    key: &str,
    from: BatchSource,
    errors: &mut Errors,
) -> Vec<String> {
    let Some(setting) = given.find(key) else {
        return Vec::new();
    };
    let Some(elements) = json_value::elements(setting) else {
        settings::wrong_value(
            setting,
            format!(
                "`{key}` takes a list of filters: `{key} = [{{ \"{}\": {{ \"kind\": [\"order\"] }} }}]`",
                match from {
                    BatchSource::Queue | BatchSource::FifoQueue => "body",
                    BatchSource::Kinesis => "data",
                    BatchSource::DynamoDb => "dynamodb",
                }
            ),
            errors,
        );
        return Vec::new();
    };
    if let Some(problem) = filter_criteria::count_problem(elements.len()) {
        settings::wrong_value(setting, problem, errors);
    }
    let mut filters = Vec::new();
    for element in elements {
        let span = element.span();
        let Some(text) = element.json(errors) else {
            continue;
        };
        match filter_criteria::filter(&text, from) {
            Ok(filter) => filters.push(filter.to_string()),
            Err(problem) => errors.at(span, problem),
        }
    }
    filters
}
