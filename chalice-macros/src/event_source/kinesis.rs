//! `#[on_kinesis_record]`

use chalice_core::event_source::resource_name;

use super::{
    batch,
    given::{Given, OF_STREAM},
    model::{Attribute, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_KINESIS_RECORD: Attribute = Attribute {
    name: "#[on_kinesis_record]",
    positional: None,
    keys: &[
        "stream",
        "batch_size",
        "starting_position",
        batch::WINDOW_KEY,
        "filters",
        "report_batch_item_failures",
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
    of_stream(given, source, errors)
}

/// The settings that all streams have.
pub(super) fn of_stream(given: &Given<'_>, mut source: Source, errors: &mut Errors) -> Source {
    let size = given.number(
        "batch_size",
        100,
        1..=10_000,
        "AWS Lambda takes at most 10,000 records of a stream at a time",
        errors,
    );
    source.member("batch_size", size);
    batch::starting_position(given, &mut source, errors);
    source.member(batch::WINDOW_KEY, batch::window(given, errors));
    batch::filters(given, &mut source, errors);
    let report = batch::report(given, &mut source, errors);
    source.batch = Some(batch::of_stream(report));
    source.member("on_failure", given.on_failure(&OF_STREAM, errors));
    source
}
