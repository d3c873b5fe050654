use chalice::prelude::*;

#[on_sns_message]
fn no_topic(_event: SnsEvent) {}

#[on_sns_message(topic = "my topic")]
fn name(_event: SnsEvent) {}

#[on_sns_message(topic = "arn:aws:sqs:us-east-1:123456789012:orders")]
fn arn(_event: SnsEvent) {}

#[on_sns_message(topic = "orders.fifo", topik = "orders")]
fn fifo(_event: SnsEvent) {}

#[app]
static APP: App = App {
    name: "sns",
    handlers: [no_topic, name, arn, fifo],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
