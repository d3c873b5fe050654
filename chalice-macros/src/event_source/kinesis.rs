//! `#[on_kinesis_record]`

use chalice_core::event_source::{batch::BatchSource, resource_name};

use super::{
    batch,
    given::Given,
    model::{Attribute, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_KINESIS_RECORD: Attribute = Attribute {
    name: "#[on_kinesis_record]",
    positional: None,
    keys: &[
        "stream",
        batch::BATCH_SIZE,
        batch::POSITION,
        batch::TIMESTAMP,
        batch::WINDOW,
        batch::FILTERS,
        batch::REPORT,
        "on_failure",
    ],
    example: "event: KinesisEvent",
    event_is_optional: false,
    source,
};

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("kinesis", "KinesisEvent");
    if given.find("stream").is_none() {
        given.missing(
            "`#[on_kinesis_record]` does not say which stream it is about\nhelp: `stream = \"mystream\"`",
            errors,
        );
    }
    let stream = given.checked("stream", "mystream", resource_name::stream, errors);
    source.member("stream", json::string(&stream.unwrap_or_default()));
    batch::of_stream(given, BatchSource::Kinesis, source, errors)
}
