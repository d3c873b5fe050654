//! One handler for every source of events, and a pure function.

use std::sync::Mutex;

use chalice::prelude::*;

#[cfg(test)]
mod tests;

/// What the handlers share.
#[derive(AppState)]
pub struct Shared {
    journal: Journal,
}

/// What the handlers have done.
#[derive(Default)]
pub struct Journal(Mutex<Vec<String>>);

impl Journal {
    fn note(&self, text: impl Into<String>) {
        if let Ok(mut lines) = self.0.lock() {
            lines.push(text.into());
        }
    }
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

/// Adds an order up.
#[lambda_function(name = "Checkout")]
async fn checkout(order: Order) -> Result<Receipt> {
    if order.count == 0 {
        return Err(HttpError::bad_request("an order of nothing"));
    }
    Ok(Receipt {
        total: order.count * 3,
    })
}

/// Notes images that arrive.
#[on_s3_event(
    bucket = "mybucket",
    events = ["s3:ObjectCreated:*"],
    prefix = "images/",
    suffix = ".jpg"
)]
async fn resize(event: S3Event, journal: State<Journal>) {
    journal.note(format!("{} in {}", event.key(), event.bucket()));
}

/// Notes what a topic says.
#[on_sns_message(topic = "mytopic")]
async fn notify(event: SnsEvent, journal: State<Journal>) {
    journal.note(event.message());
}

/// One message at a time: those that fail are sent again, and no others.
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

/// Notes clicks, in their order.
#[on_kinesis_record(stream = "clicks", starting_position = "TRIM_HORIZON")]
async fn click(record: KinesisRecord<String>, journal: State<Journal>) {
    journal.note(record.data());
}

/// Notes orders that are put into a table.
#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000",
    filters = [{ "eventName": ["INSERT"] }],
)]
async fn stored(record: DynamoDbRecord<Order>, journal: State<Journal>) {
    if let Some(order) = record.new_image() {
        journal.note(format!("stored {}", order.article));
    }
}

/// Notes changes of a repository.
#[on_cw_event(pattern = { "source": ["aws.codecommit"], "detail": { "event": ["referenceUpdated"] } })]
async fn pushed(event: CloudWatchEvent, journal: State<Journal>) {
    journal.note(event.detail_type());
}

/// Runs every hour.
#[schedule("rate(1 hour)")]
async fn sweep(journal: State<Journal>) {
    journal.note("swept");
}

/// Lets clients in that have the key.
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

/// Notes who is gone.
#[on_ws_disconnect]
async fn disconnect(event: WebsocketEvent, journal: State<Journal>) {
    journal.note(format!("{} is gone", event.connection_id()));
}

/// The app.
#[app]
pub static APP: App = App {
    name: "events",
    handlers: [
        checkout, resize, notify, order, orders, click, stored, pushed, sweep, connect, message,
        disconnect,
    ],
    state: Shared::new,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
