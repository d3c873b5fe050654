//! `#[on_s3_event]`

use chalice_core::event_source::{resource_name, s3};

use super::{
    given::{ASYNCHRONOUS, Given},
    model::{Attribute, Claim, Source},
};
use crate::{errors::Errors, json, settings};

pub(crate) const ON_S3_EVENT: Attribute = Attribute {
    name: "#[on_s3_event]",
    positional: None,
    keys: &["bucket", "events", "prefix", "suffix", "on_failure"],
    example: "event: S3Event",
    event_is_optional: false,
    source,
};

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("s3", "S3Event");
    if given.find("bucket").is_none() {
        given.missing(
            "`#[on_s3_event]` does not say which bucket it is about\nhelp: `bucket = \"mybucket\"`",
            errors,
        );
    }
    let bucket = given.checked("bucket", "mybucket", resource_name::bucket, errors);
    let events = events(given, errors);
    let prefix = given.checked("prefix", "images/", s3::prefix, errors);
    let suffix = given.checked("suffix", ".jpg", s3::suffix, errors);
    let bucket = bucket.unwrap_or_default();
    source.member("bucket", json::string(&bucket));
    source.member("events", json::strings(events.iter().map(String::as_str)));
    source.member("prefix", json::optional(prefix.as_deref()));
    source.member("suffix", json::optional(suffix.as_deref()));
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source.claim = Claim::Notification {
        bucket,
        events,
        prefix: prefix.unwrap_or_default(),
        suffix: suffix.unwrap_or_default(),
    };
    source
}

/// The event types; those of AWS Chalice if there are none.
fn events(given: &Given<'_>, errors: &mut Errors) -> Vec<String> {
    let example = "s3:ObjectCreated:*";
    let Some(setting) = given.find("events") else {
        return vec![example.to_owned()];
    };
    let count = errors.count();
    let literals = settings::texts(setting, &format!("{example:?}"), errors);
    if errors.count() > count {
        return Vec::new();
    }
    let texts: Vec<String> = literals.iter().map(syn::LitStr::value).collect();
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    if let Err((at, problem)) = s3::events(&borrowed) {
        let span = literals
            .get(at)
            .map_or_else(|| setting.key.span(), syn::LitStr::span);
        errors.at(span, problem);
    }
    texts
}
