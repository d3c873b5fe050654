//! `#[on_kinesis_record]`

use chalice_core::event_source::{arn, batch::BatchSource, resource_name};

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
        "stream_arn",
        batch::BATCH_SIZE,
        batch::POSITION,
        batch::TIMESTAMP,
        batch::WINDOW,
        batch::PARALLELIZATION,
        batch::RETRIES,
        batch::AGE,
        batch::BISECT,
        batch::TUMBLING_WINDOW,
        batch::FILTERS,
        batch::REPORT,
        "on_failure",
    ],
    example: "event: KinesisEvent",
    event_is_optional: false,
    source,
};

const EXAMPLE: &str = "arn:aws:kinesis:us-east-1:123456789012:stream/mystream";

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("kinesis", "KinesisEvent");
    match (given.find("stream"), given.find("stream_arn")) {
        (None, None) => given.missing(
            "`#[on_kinesis_record]` does not say which stream it is about\nhelp: `stream = \"mystream\"` for a stream \
             of the function's own account, `stream_arn = \"arn:aws:kinesis:..\"` for any other, or for a consumer \
             with enhanced fan-out",
            errors,
        ),
        (Some(_), Some(arn)) => errors.at(
            arn.key.span(),
            "a stream has a name or an ARN here, not both: leave one of `stream` and `stream_arn` out",
        ),
        _ => {}
    }
    let stream = given.checked("stream", "mystream", resource_name::stream, errors);
    let check = |text: &str| arn::kinesis_stream(text).map(drop);
    let arn = given.checked("stream_arn", EXAMPLE, check, errors);
    source.member("stream", json::optional(stream.as_deref()));
    source.member("stream_arn", json::optional(arn.as_deref()));
    batch::of_stream(given, BatchSource::Kinesis, source, errors)
}
