use chalice::prelude::*;

#[on_s3_event(bucket = "mybucket")]
fn s3(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders")]
fn sqs(_record: KinesisRecord) {}

#[schedule("rate(1 hour)")]
fn scheduled(_event: CloudWatchEvent) {}

#[on_ws_message]
fn message(_event: Request) {}

#[app]
static APP: App = App {
    name: "wrong-source",
    handlers: [s3, sqs, scheduled, message],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
