//! Names and ARNs that no queue has.

use chalice::prelude::*;

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:orders")]
fn parts(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:asw:sqs:us-east-1:123456789012:orders")]
fn partition(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:virginia:123456789012:orders")]
fn region(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:cn-north-1:123456789012:orders")]
fn other_partition(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:12345:orders")]
fn account(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1::orders")]
fn no_account(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sns:us-east-1:123456789012:orders")]
fn service(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:123456789012:my orders")]
fn name_within(_event: SqsEvent) {}

#[on_sqs_message(queue = "arn:aws:sqs:us-east-1:123456789012:orders")]
fn arn_as_name(_event: SqsEvent) {}

#[on_sqs_message(queue = "")]
fn empty(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders.v2")]
fn character(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders-orders-orders-orders-orders-orders-orders-orders-orders-orders-orders-orders-")]
fn too_long(_event: SqsEvent) {}

#[app]
static APP: App = App {
    name: "sqs",
    handlers: [parts, partition, region, other_partition, account, no_account, service, name_within, arn_as_name, empty, character, too_long],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
