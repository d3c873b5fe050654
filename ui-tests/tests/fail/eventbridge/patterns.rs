use chalice::prelude::*;

#[on_cw_event]
fn no_pattern(_event: CloudWatchEvent) {}

#[on_cw_event(pattern = { "source": "aws.ec2" })]
fn no_list(_event: CloudWatchEvent) {}

#[on_cw_event(pattern = { "source": ["aws.ec2"] "detail": {} })]
fn no_comma(_event: CloudWatchEvent) {}

#[on_cw_event({ "sorce": ["aws.ec2"] })]
fn misspelt(_event: CloudWatchEvent) {}

#[on_cw_event(pattern = ["aws.ec2"], event_bus = "my bus")]
fn no_object(_event: CloudWatchEvent) {}

#[app]
static APP: App = App {
    name: "patterns",
    handlers: [no_pattern, no_list, no_comma, misspelt, no_object],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
