//! `#[on_cw_event]`

use chalice_core::event_source::{arn, resource_name};

use super::{
    given::{ASYNCHRONOUS, Given},
    json_pattern,
    model::{Attribute, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_CW_EVENT: Attribute = Attribute {
    name: "#[on_cw_event]",
    positional: Some("pattern"),
    keys: &["pattern", "event_bus", "on_failure"],
    example: "event: CloudWatchEvent",
    event_is_optional: true,
    source,
};

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("cloudwatch", "CloudWatchEvent");
    if given.find("pattern").is_none() {
        given.missing(
            "`#[on_cw_event]` does not say which events it is about\nhelp: `pattern = { \"source\": [\"aws.codecommit\"] }`",
            errors,
        );
    }
    let pattern = json_pattern::event_pattern(given, "pattern", errors);
    source.member("pattern", pattern.unwrap_or_else(|| "{}".to_owned()));
    let bus = given.checked("event_bus", "orders", check_bus, errors);
    source.member("event_bus", json::optional(bus.as_deref()));
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source
}

/// An event bus is named by its name or by its ARN.
fn check_bus(bus: &str) -> Result<(), String> {
    if bus.starts_with("arn:") {
        arn::event_bus(bus)
            .map(drop)
            .map_err(|error| error.to_string())
    } else {
        resource_name::event_bus(bus).map_err(|error| error.to_string())
    }
}
