use chalice::prelude::*;

struct NoOrder;

#[on_sqs_message(queue = "orders")]
fn order(_record: SqsRecord<Json<NoOrder>>) {}

#[on_cw_event({ "source": ["aws.ec2"] })]
fn changed(_event: CloudWatchEvent<NoOrder>) {}

#[app]
static APP: App = App {
    name: "body",
    handlers: [order, changed],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
