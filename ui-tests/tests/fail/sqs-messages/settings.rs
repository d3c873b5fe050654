use chalice::prelude::*;

#[on_sqs_message]
fn no_queue(_event: SqsEvent) {}

#[on_sqs_message(queue = "https://sqs.us-east-1.amazonaws.com/123456789012/orders")]
fn url(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", queue_arn = "arn:aws:sqs:us-east-1:123456789012:orders")]
fn both(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "orders", maximum_concurency = 2)]
fn no_arn(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", batch_size = 100, maximum_concurrency = 1, concurrency = 1000)]
fn numbers(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders.fifo", batch_size = 11, maximum_batching_window_in_seconds = 5, concurrency = 2)]
fn fifo(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", batch_size = "10", report_batch_item_failures = 1)]
fn kinds(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", maximum_batching_window_in_seconds = 301, concurrency = 0)]
fn window(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", maximum_concurrency = 1001, batch_size = 10_001)]
fn too_many(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", starting_position = "LATEST", parallelization_factor = 2)]
fn of_streams(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", queue = "returns", on_failure = "arn:aws:sqs:us-east-1:123456789012:dlq")]
fn repeated(_event: SqsEvent) {}

#[app]
static APP: App = App {
    name: "sqs",
    handlers: [no_queue, url, both, no_arn, numbers, fifo, kinds, window, too_many, of_streams, repeated],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
