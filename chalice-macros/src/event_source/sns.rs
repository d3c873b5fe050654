//! `#[on_sns_message]`

use chalice_core::event_source::{arn, resource_name};

use super::{
    given::{ASYNCHRONOUS, Given},
    model::{Attribute, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_SNS_MESSAGE: Attribute = Attribute {
    name: "#[on_sns_message]",
    positional: None,
    keys: &["topic", "on_failure"],
    example: "event: SnsEvent",
    event_is_optional: false,
    source,
};

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
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source
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
