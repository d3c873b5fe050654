use chalice::prelude::*;

#[on_sns_message]
fn no_topic(_event: SnsEvent) {}

#[on_sns_message(topic = "my topic")]
fn name(_event: SnsEvent) {}

#[on_sns_message(topic = "arn:aws:sqs:us-east-1:123456789012:orders")]
fn arn(_event: SnsEvent) {}

#[on_sns_message(topic = "orders.fifo", topik = "orders")]
fn fifo(_event: SnsEvent) {}

#[on_sns_message(
    topic = "arn:aws:sns:us-east-1:123456789012:orders:11112222-3333-4444-5555-666677778888",
    on_failure = "arn:aws:sqs:us-east-1:123456789012:failures.fifo"
)]
fn subscription(_event: SnsEvent) {}

#[on_sns_message(topic)]
fn no_value(_event: SnsEvent) {}

#[app]
static APP: App = App {
    name: "sns",
    handlers: [no_topic, name, arn, fifo, subscription, no_value],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
