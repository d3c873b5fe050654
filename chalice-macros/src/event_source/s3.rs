//! `#[on_s3_event]`

use chalice_core::event_source::resource_name;

use super::{
    given::{ASYNCHRONOUS, Given},
    model::{Attribute, Source},
    s3_notification,
};
use crate::{errors::Errors, json};

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
    let events = s3_notification::events(given, errors);
    let (prefix, suffix) = s3_notification::key_filter(given, errors);
    source.member("bucket", json::string(&bucket.unwrap_or_default()));
    source.member("events", json::strings(events.iter().map(String::as_str)));
    source.member("prefix", json::optional(prefix.as_deref()));
    source.member("suffix", json::optional(suffix.as_deref()));
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source
}
