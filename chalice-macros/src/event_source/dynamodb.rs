//! `#[on_dynamodb_record]`

use chalice_core::event_source::{arn, batch::BatchSource};

use super::{
    batch,
    given::Given,
    model::{Attribute, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_DYNAMODB_RECORD: Attribute = Attribute {
    name: "#[on_dynamodb_record]",
    positional: None,
    keys: &[
        "stream_arn",
        batch::BATCH_SIZE,
        batch::POSITION,
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
    example: "event: DynamoDbEvent",
    event_is_optional: false,
    source,
};

const EXAMPLE: &str =
    "arn:aws:dynamodb:us-east-1:123456789012:table/Music/stream/2026-01-01T00:00:00.000";

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("dynamodb", "DynamoDbEvent");
    if given.find("stream_arn").is_none() {
        given.missing(
            format!(
                "`#[on_dynamodb_record]` does not say which table's stream it is about\nhelp: `stream_arn = {EXAMPLE:?}`"
            ),
            errors,
        );
    }
    let check = |text: &str| arn::dynamodb_stream(text).map(drop);
    let stream = given.checked("stream_arn", EXAMPLE, check, errors);
    source.member("stream_arn", json::string(&stream.unwrap_or_default()));
    batch::of_stream(given, BatchSource::DynamoDb, source, errors)
}
