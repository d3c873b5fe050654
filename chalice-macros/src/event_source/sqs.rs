//! `#[on_sqs_message]`

use chalice_core::event_source::{
    arn,
    batch::BatchSource,
    resource_name::{self, Ordering},
};

use super::{
    batch,
    given::Given,
    model::{Attribute, Claim, Source},
};
use crate::{errors::Errors, json, settings};

pub(crate) const ON_SQS_MESSAGE: Attribute = Attribute {
    name: "#[on_sqs_message]",
    positional: None,
    keys: &[
        "queue",
        "queue_arn",
        batch::BATCH_SIZE,
        batch::WINDOW,
        batch::MAXIMUM_CONCURRENCY,
        batch::FILTERS,
        batch::REPORT,
        "concurrency",
    ],
    example: "event: SqsEvent",
    event_is_optional: false,
    source,
};

/// How many records one function handles at a time, at most: beyond that a
/// larger number of functions, `maximum_concurrency`, is what helps.
const MAX_CONCURRENCY: u32 = 100;

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("sqs", "SqsEvent");
    let order = queue(given, &mut source, errors).unwrap_or(Ordering::Standard);
    batch::mapping(given, BatchSource::from(order), &mut source, errors);
    let concurrency = given.number(
        "concurrency",
        1,
        1..=MAX_CONCURRENCY,
        "so many messages of a batch are handled at a time",
        errors,
    );
    if let Some(setting) = given.find("concurrency")
        && order == Ordering::Fifo
        && concurrency > 1
    {
        settings::wrong_value(
            setting,
            "messages of a FIFO queue are handled in their order, one at a time\nhelp: leave `concurrency` out",
            errors,
        );
    }
    if let Some(batch) = &mut source.batch {
        batch.concurrency = concurrency;
    }
    source
}

/// The queue, by its name or by its ARN.
fn queue(given: &Given<'_>, source: &mut Source, errors: &mut Errors) -> Option<Ordering> {
    if given.find("queue").is_none() && given.find("queue_arn").is_none() {
        given.missing(
            "`#[on_sqs_message]` does not say which queue it is about\nhelp: `queue = \"orders\"` for a queue of the \
             function's own account, `queue_arn = \"arn:aws:sqs:..\"` for any other",
            errors,
        );
    }
    if let (Some(_), Some(setting)) = (given.find("queue"), given.find("queue_arn")) {
        errors.at(
            setting.key.span(),
            "a queue has a name or an ARN here, not both: leave one of `queue` and `queue_arn` out",
        );
    }
    let mut order = None;
    let name = given.checked(
        "queue",
        "orders",
        |name| resource_name::queue(name).map(|found| order = Some(found)),
        errors,
    );
    let arn = given.checked(
        "queue_arn",
        "arn:aws:sqs:us-east-1:123456789012:orders",
        |arn| arn::queue(arn).map(|(_, found)| order = Some(found)),
        errors,
    );
    source.member("queue", json::optional(name.as_deref()));
    source.member("queue_arn", json::optional(arn.as_deref()));
    source.claim = Claim::Queue(name.or(arn).unwrap_or_default());
    order
}
