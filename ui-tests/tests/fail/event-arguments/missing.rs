use chalice::prelude::*;

#[on_sqs_message(queue = "orders")]
fn nothing() {}

#[on_ws_connect]
fn state_alone(_state: State<String>) {}

#[on_s3_event(bucket = "mybucket")]
fn reference(_event: &S3Event) {}

#[app]
static APP: App = App {
    name: "missing",
    handlers: [nothing, state_alone, reference],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
