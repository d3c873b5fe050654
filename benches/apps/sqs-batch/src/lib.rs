//! Our handlers of batches: one that takes a message at a time, and one that takes them all.

use std::hint::black_box;

use bytes::Bytes;
use chalice::{
    __private::{function_service, hand_over},
    prelude::*,
};
use invocation::{InvokeBatch, Message, exchange, ready};
use tokio::runtime::Builder;

#[on_sqs_message(queue = "orders")]
async fn message(record: SqsRecord<Json<Message>>) {
    black_box(record.body().handle());
}

#[on_sqs_message(queue = "batches")]
async fn batch(event: SqsEvent) -> BatchItemFailures {
    let mut failures = BatchItemFailures::new();
    for record in &event {
        match record.json::<Message>() {
            Ok(message) => {
                black_box(message.handle());
            }
            Err(_) => failures.add(record),
        }
    }
    failures
}

/// The app.
#[app]
pub static APP: App = App {
    name: "shop",
    handlers: [message, batch],
};

/// The function of that name, started.
pub fn invoke(function: &'static str) -> Option<InvokeBatch> {
    let mut service = ready(function_service(&APP, function))?.ok()?;
    // Batches end before their invocation does: there has to be a clock.
    let runtime = Builder::new_current_thread().enable_time().build().ok()?;
    Some(Box::new(move |event: Bytes, context| {
        let _entered = runtime.enter();
        // As the layer does that `chalice::run` puts around the service.
        exchange(&mut service, &hand_over(event), context)
    }))
}
