//! Schedules, events, messages and records of every kind but Amazon S3's; functions that nothing invokes. The tables of AWS
//! Chalice's app have names of one letter, which Amazon DynamoDB refuses.

use chalice::prelude::*;

#[schedule(Rate::minutes(5), description = "every five")]
fn sched_rate() {}

#[schedule(Rate::hours(1))]
fn sched_rate_one() {}

#[schedule(Cron::new("0", "12", "*", "*", "?", "*"), name = "sched_cron_named")]
fn sched_cron() {}

#[schedule("rate(2 days)")]
fn sched_str() {}

#[on_cw_event({ "source": ["aws.codecommit"], "detail": { "event": ["a"] } })]
fn cw() {}

#[on_sns_message(topic = "mytopic")]
fn sns_name(_event: SnsEvent) {}

#[on_sns_message(topic = "arn:aws:sns:us-east-1:999999999999:remote")]
fn sns_arn(_event: SnsEvent) {}

#[on_sqs_message(queue = "myqueue")]
fn sqs_min(_event: SqsEvent) {}

#[on_sqs_message(
    queue = "myqueue2",
    batch_size = 10,
    maximum_batching_window_in_seconds = 60,
    maximum_concurrency = 5
)]
fn sqs_full(_event: SqsEvent) {}

#[on_sqs_message(
    queue_arn = "arn:aws:sqs:us-west-2:123456789012:other-queue",
    name = "sqsArnNamed"
)]
fn sqs_arn(_event: SqsEvent) {}

#[on_kinesis_record(stream = "mystream")]
fn kin_min(_event: KinesisEvent) {}

#[on_kinesis_record(
    stream = "mystream2",
    batch_size = 5,
    starting_position = "TRIM_HORIZON",
    maximum_batching_window_in_seconds = 3
)]
fn kin_full(_event: KinesisEvent) {}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-west-2:123456789012:table/TTT/stream/2020-01-01T00:00:00.000"
)]
fn ddb_min(_event: DynamoDbEvent) {}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-west-2:123456789012:table/UUU/stream/2020-01-01T00:00:00.000",
    batch_size = 7,
    starting_position = "TRIM_HORIZON",
    maximum_batching_window_in_seconds = 9,
    name = "ddb_named"
)]
fn ddb_full(_event: DynamoDbEvent) {}

#[lambda_function]
fn pure(event: Value) -> Value {
    event
}

#[lambda_function(name = "pure-named_fn")]
fn pure2(event: Value) -> Value {
    event
}

/// The app.
#[app]
pub static APP: App = App {
    name: "events",
    handlers: [
        sched_rate,
        sched_rate_one,
        sched_cron,
        sched_str,
        cw,
        sns_name,
        sns_arn,
        sqs_min,
        sqs_full,
        sqs_arn,
        kin_min,
        kin_full,
        ddb_min,
        ddb_full,
        pure,
        pure2,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
