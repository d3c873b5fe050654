use chalice::prelude::*;

#[on_s3_event]
fn no_bucket(_event: S3Event) {}

#[on_s3_event(bucket = "My_Bucket", events = ["s3:ObjectCreate:*"], prefix = 1, suffix = "a".."b")]
fn values(_event: S3Event) {}

#[on_s3_event(bucket = "arn:aws:s3:::mybucket", events = [], event = ["s3:ObjectCreated:*"])]
fn keys(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", events = ["s3:ObjectCreated:*", "s3:ObjectCreated:Put"], on_failure = "dlq")]
fn overlapping(_event: S3Event) {}

#[app]
static APP: App = App {
    name: "s3",
    handlers: [no_bucket, values, keys, overlapping],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
