//! One handler for every source of events, and a pure function.
//!
//! Each is a Lambda function of its own, whose name is that of the Rust function
//! unless its attribute says otherwise. They live in one binary, and AWS Lambda's setting
//! `Handler` names the one to run:
//!
//! | function | event | answer |
//! |---|---|---|
//! | `Checkout` | an order, from whoever invokes the function | a receipt |
//! | `resize` | images in a bucket | nothing |
//! | `notify` | messages of a topic | nothing |
//! | `order` | messages of a queue, one at a time | which messages failed |
//! | `orders` | messages of a queue, as a batch | which messages failed |
//! | `click` | records of a Kinesis stream, one at a time | which record failed |
//! | `stored` | changes of a DynamoDB table, one at a time | which change failed |
//! | `pushed` | what a rule of EventBridge matches | nothing |
//! | `sweep` | a schedule | nothing |
//! | `websocket_connect` | a client of the WebSocket API connects | whether it may |
//! | `websocket_message` | a client sends a message | a message |
//! | `websocket_disconnect` | a client is gone | nothing |
//!
//! The folder `events` has an event for each, as AWS sends it.

use chalice::prelude::*;

use crate::{
    journal::Journal,
    middleware::{counted, own_bucket},
};

mod journal;
mod middleware;
#[cfg(test)]
mod tests;

/// What the handlers share.
#[derive(AppState)]
pub struct Shared {
    journal: Journal,
}

impl Shared {
    async fn new() -> Result<Shared> {
        Ok(Shared {
            journal: Journal::default(),
        })
    }
}

#[derive(Deserialize)]
struct Order {
    article: String,
    count: u32,
}

#[derive(Serialize)]
struct Receipt {
    total: u32,
}

/// Adds an order up. Any JSON that is an `Order` goes in, the `Receipt` comes out;
/// the caller sees an error as the type `BadRequestError` and the message.
#[lambda_function(name = "Checkout")]
async fn checkout(order: Order) -> Result<Receipt> {
    if order.count == 0 {
        return Err(HttpError::bad_request("an order of nothing"));
    }
    Ok(Receipt {
        total: order.count.saturating_mul(3),
    })
}

/// An image that cannot be one. The function fails with the type's name as the error type.
#[derive(Debug, thiserror::Error)]
#[error("the image has {size} bytes")]
struct TooSmall {
    size: u64,
    source: ImageError,
}

/// What the log says behind a [`TooSmall`], and the caller does not see.
#[derive(Debug, thiserror::Error)]
#[error("no JPEG is shorter than 107 bytes")]
struct ImageError;

/// Notes images that arrive. Amazon S3 sends an event whose handler failed twice more.
#[on_s3_event(
    bucket = "mybucket",
    events = ["s3:ObjectCreated:*"],
    prefix = "images/",
    suffix = ".jpg"
)]
async fn resize(event: S3Event, journal: State<Journal>) -> Result<()> {
    for image in &event {
        if let Some(size @ ..107) = image.size() {
            Err(TooSmall {
                size,
                source: ImageError,
            })?;
        }
        journal.note(format!("{} in {}", image.key(), image.bucket()));
    }
    Ok(())
}

/// Notes what a topic says.
#[on_sns_message(topic = "mytopic")]
async fn notify(event: SnsEvent, journal: State<Journal>) {
    let subject = event.subject().unwrap_or("no subject");
    journal.note(format!("{subject}: {}", event.message()));
}

/// One message at a time, four of them side by side: those that fail are sent again, and
/// no others. A message that is no JSON of an `Order` fails without a call.
#[on_sqs_message(queue = "orders", batch_size = 10, concurrency = 4)]
async fn order(record: SqsRecord<Json<Order>>, journal: State<Journal>) -> Result<()> {
    let order = record.body();
    if order.count == 0 {
        return Err(HttpError::bad_request("an order of nothing"));
    }
    journal.note(format!("{} of {}", order.count, order.article));
    Ok(())
}

/// The whole batch: the handler says itself what failed.
#[on_sqs_message(queue = "orders-raw", batch_size = 10)]
async fn orders(event: SqsEvent) -> BatchItemFailures {
    let mut failures = BatchItemFailures::new();
    for record in &event {
        if record.body().is_empty() {
            failures.add(record);
        }
    }
    failures
}

/// Notes clicks, in their order: after a record that is not UTF-8, no other is
/// handled, and the stream sends it and all behind it again.
#[on_kinesis_record(stream = "clicks", starting_position = "TRIM_HORIZON")]
async fn click(record: KinesisRecord<String>, journal: State<Journal>) {
    journal.note(record.data());
}

/// Notes orders that are put into a table: the change's new image, read as an `Order`.
#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000",
    filters = [{ "eventName": ["INSERT"] }],
)]
async fn stored(record: DynamoDbRecord<Order>, journal: State<Journal>) {
    if let Some(order) = record.new_image() {
        journal.note(format!("stored {} of {}", order.count, order.article));
    }
}

/// What AWS CodeCommit says about a branch or tag.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Push {
    repository_name: String,
    reference_name: String,
}

/// Notes changes of a repository. A detail that is no `Push` is a failed invocation.
#[on_cw_event(pattern = { "source": ["aws.codecommit"], "detail": { "event": ["referenceUpdated"] } })]
async fn pushed(event: CloudWatchEvent<Push>, journal: State<Journal>) {
    let push = event.detail();
    journal.note(format!(
        "{} of {}",
        push.reference_name, push.repository_name
    ));
}

/// Runs every hour. The event says when it was due.
#[schedule("rate(1 hour)")]
async fn sweep(event: ScheduledEvent, journal: State<Journal>) {
    let rule = event.rule_name().unwrap_or("nobody");
    journal.note(format!("swept for {rule}"));
}

/// Lets clients in that have the key. API Gateway refuses all others with the 403.
#[on_ws_connect]
async fn connect(event: WebsocketEvent) -> Result<()> {
    match event.header("x-key") {
        Some("open sesame") => Ok(()),
        _ => Err(HttpError::forbidden(
            "the header `X-Key` is missing or wrong",
        )),
    }
}

/// Answers in capitals.
#[on_ws_message]
async fn message(event: WebsocketEvent) -> Result<String> {
    Ok(event.text()?.to_uppercase())
}

/// Notes who is gone; nobody hears an answer.
#[on_ws_disconnect]
async fn disconnect(event: WebsocketEvent, journal: State<Journal>) {
    let reason = event.disconnect_reason().unwrap_or("no reason");
    journal.note(format!("{} is gone: {reason}", event.connection_id()));
}

/// The app.
#[app]
pub static APP: App = App {
    name: "events",
    handlers: [
        checkout, resize, notify, order, orders, click, stored, pushed, sweep, connect, message,
        disconnect,
    ],
    middleware: [own_bucket, counted],
    state: Shared::new,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
