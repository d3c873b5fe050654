//! `#[on_sns_message]`

use chalice_core::event_source::{arn, filter_policy::FilterPolicyScope, resource_name};

use super::{
    given::{ASYNCHRONOUS, Given},
    json_pattern,
    model::{Attribute, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_SNS_MESSAGE: Attribute = Attribute {
    name: "#[on_sns_message]",
    positional: None,
    keys: &["topic", POLICY, SCOPE, "on_failure"],
    example: "event: SnsEvent",
    event_is_optional: false,
    source,
};

const POLICY: &str = "filter_policy";
const SCOPE: &str = "filter_policy_scope";

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("sns", "SnsEvent");
    if given.find("topic").is_none() {
        given.missing(
            "`#[on_sns_message]` does not say which topic it is about\nhelp: `topic = \"mytopic\"`, or the topic's ARN",
            errors,
        );
    }
    let topic = given.checked("topic", "mytopic", check_topic, errors);
    let (name, arn) = match topic {
        Some(arn) if arn.starts_with("arn:") => (None, Some(arn)),
        name => (name, None),
    };
    source.member("topic", json::optional(name.as_deref()));
    source.member("topic_arn", json::optional(arn.as_deref()));
    let scope = scope(given, errors);
    let policy = json_pattern::filter_policy(given, POLICY, scope.unwrap_or_default(), errors);
    if let Some(setting) = given.find(SCOPE)
        && given.find(POLICY).is_none()
    {
        errors.at(
            setting.key.span(),
            "a scope says what a filter policy looks at, and there is none: add `filter_policy = { \"store\": \
             [\"example_corp\"] }`, or leave `filter_policy_scope` out",
        );
    }
    source.member(POLICY, policy.unwrap_or_else(|| "null".to_owned()));
    source.member(SCOPE, json::string(scope.unwrap_or_default().as_str()));
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source
}

/// What the filter policy looks at; `None` if that is wrong.
fn scope(given: &Given<'_>, errors: &mut Errors) -> Option<FilterPolicyScope> {
    let mut scope = None;
    given.checked(
        SCOPE,
        FilterPolicyScope::MessageBody.as_str(),
        |text| FilterPolicyScope::parse(text).map(|found| scope = Some(found)),
        errors,
    );
    scope
}

/// A topic is named by its name or by its ARN, as in AWS Chalice.
fn check_topic(topic: &str) -> Result<(), String> {
    if topic.starts_with("arn:") {
        arn::topic(topic)
            .map(drop)
            .map_err(|error| error.to_string())
    } else {
        resource_name::topic(topic).map_err(|error| error.to_string())
    }
}
