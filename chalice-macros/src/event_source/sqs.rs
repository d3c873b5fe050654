//! `#[on_sqs_message]`

use chalice_core::event_source::{arn, resource_name, resource_name::Ordering};

use super::{
    batch,
    given::Given,
    model::{Attribute, Batch, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_SQS_MESSAGE: Attribute = Attribute {
    name: "#[on_sqs_message]",
    positional: None,
    keys: &[
        "queue",
        "queue_arn",
        "batch_size",
        batch::WINDOW_KEY,
        "maximum_concurrency",
        "filters",
        "report_batch_item_failures",
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
    let order = queue(given, &mut source, errors);
    let size = given.number(
        "batch_size",
        1,
        1..=10_000,
        "AWS Lambda takes at most 10,000 messages of a queue at a time",
        errors,
    );
    let window = batch::window(given, errors);
    let is_fifo = order == Some(Ordering::Fifo);
    if let Some(setting) = given.find("batch_size") {
        if is_fifo && size > 10 {
            crate::settings::wrong_value(
                setting,
                "AWS Lambda takes at most 10 messages of a FIFO queue at a time\nhelp: `batch_size = 10`",
                errors,
            );
        } else if size > 10 && window == 0 {
            crate::settings::wrong_value(
                setting,
                "a batch of more than 10 messages needs time to gather: AWS Lambda refuses it without a window\n\
                 help: `maximum_batching_window_in_seconds = 1`, or more, up to 300",
                errors,
            );
        }
    }
    if let Some(setting) = given.find(batch::WINDOW_KEY)
        && is_fifo
        && window > 0
    {
        crate::settings::wrong_value(
            setting,
            "messages of a FIFO queue are not gathered: AWS Lambda has no batching window for such queues\n\
             help: leave the setting out",
            errors,
        );
    }
    let maximum = given.find("maximum_concurrency").map(|_| {
        given.number(
            "maximum_concurrency",
            2,
            2..=1000,
            "AWS Lambda limits the invocations of one queue to no less and no more",
            errors,
        )
    });
    let concurrency = given.number(
        "concurrency",
        1,
        1..=MAX_CONCURRENCY,
        "so many messages of a batch are handled at a time",
        errors,
    );
    if let Some(setting) = given.find("concurrency")
        && is_fifo
        && concurrency > 1
    {
        crate::settings::wrong_value(
            setting,
            "messages of a FIFO queue are handled in their order, one at a time\nhelp: leave `concurrency` out",
            errors,
        );
    }
    source.member("batch_size", size);
    source.member(batch::WINDOW_KEY, window);
    source.member(
        "maximum_concurrency",
        maximum.map_or_else(|| "null".to_owned(), |maximum| maximum.to_string()),
    );
    batch::filters(given, &mut source, errors);
    let report_batch_item_failures = batch::report(given, &mut source, errors);
    source.batch = Some(Batch {
        concurrency,
        report_batch_item_failures,
    });
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
    order
}
