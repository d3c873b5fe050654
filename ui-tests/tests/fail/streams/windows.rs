//! Within a tumbling window, a handler takes the whole event and returns the state.

use chalice::prelude::*;

/// Without a state, AWS Lambda takes the invocation for failed.
#[on_kinesis_record(stream = "mystream", tumbling_window_in_seconds = 60)]
async fn no_state(_event: KinesisEvent) -> Result<()> {
    Ok(())
}

#[on_kinesis_record(stream = "mystream", tumbling_window_in_seconds = 60)]
fn nothing(_event: KinesisEvent) {}

#[on_kinesis_record(stream = "mystream", tumbling_window_in_seconds = 60)]
fn one_record(_record: KinesisRecord) -> WindowState<u32> {
    WindowState::new(1)
}

/// Nobody keeps the state.
#[on_kinesis_record(stream = "mystream")]
fn no_window(_event: KinesisEvent) -> WindowState<u32> {
    WindowState::new(1)
}

#[app]
static APP: App = App {
    name: "windows",
    handlers: [no_state, nothing, one_record, no_window],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
