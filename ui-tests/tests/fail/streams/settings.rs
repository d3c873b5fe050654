use chalice::prelude::*;

#[on_kinesis_record]
fn no_stream(_event: KinesisEvent) {}

#[on_kinesis_record(
    stream = "arn:aws:kinesis:us-east-1:123456789012:stream/mystream",
    batch_size = 10001,
    starting_position = "LATST",
    on_failure = "arn:aws:lambda:us-east-1:123456789012:function:f"
)]
fn values(_event: KinesisEvent) {}

#[on_kinesis_record(stream = "mystream", starting_position = "AT_TIMESTAMP")]
fn no_timestamp(_event: KinesisEvent) {}

#[on_dynamodb_record]
fn no_table(_event: DynamoDbEvent) {}

#[on_dynamodb_record(stream_arn = "Music", startingposition = "LATEST")]
fn no_arn(_event: DynamoDbEvent) {}

#[app]
static APP: App = App {
    name: "streams",
    handlers: [no_stream, values, no_timestamp, no_table, no_arn],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
