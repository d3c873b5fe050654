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

#[on_kinesis_record(stream = "mystream", starting_position_timestamp = 1_700_000_000)]
fn no_position(_event: KinesisEvent) {}

#[on_kinesis_record(
    stream = "my stream",
    stream_arn = "arn:aws:kinesis:us-east-1:123456789012:mystream",
    maximum_batching_window_in_seconds = 301,
    filters = [{ "body": ["order"] }],
    report_batch_item_failures = 1
)]
fn two_streams(_event: KinesisEvent) {}

#[on_kinesis_record(
    stream = "mystream",
    parallelization_factor = 11,
    maximum_retry_attempts = -2,
    maximum_record_age_in_seconds = 30,
    bisect_batch_on_function_error = "yes",
    maximum_concurrency = 2,
    tumbling_window_in_seconds = 901,
    paralelization_factor = 1
)]
fn failures(_event: KinesisEvent) {}

#[on_kinesis_record(stream = "mystream", tumbling_window_in_seconds = 60, report_batch_item_failures = false)]
fn window(_event: KinesisEvent) {}

#[on_dynamodb_record]
fn no_table(_event: DynamoDbEvent) {}

#[on_dynamodb_record(stream_arn = "Music", startingposition = "LATEST")]
fn no_arn(_event: DynamoDbEvent) {}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music",
    batch_size = 0,
    starting_position = "AT_TIMESTAMP",
    starting_position_timestamp = 1_700_000_000,
    maximum_record_age_in_seconds = 604_801,
    maximum_retry_attempts = "3",
    filters = [{ "NewImage": { "Artist": ["x"] } }],
    on_failure = "failures"
)]
fn of_table(_event: DynamoDbEvent) {}

#[app]
static APP: App = App {
    name: "streams",
    handlers: [
        no_stream,
        values,
        no_timestamp,
        no_position,
        two_streams,
        failures,
        window,
        no_table,
        no_arn,
        of_table,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
