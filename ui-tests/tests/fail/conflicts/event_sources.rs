//! Two handlers of one event source, where AWS has an event for one of them only.

use chalice::prelude::*;

#[on_s3_event(bucket = "photos", suffix = ".jpg")]
fn thumbnail(_event: S3Event) {}

/// Other keys.
#[on_s3_event(bucket = "photos", suffix = ".png")]
fn of_other_keys(_event: S3Event) {}

/// Other events.
#[on_s3_event(bucket = "photos", events = ["s3:ObjectRemoved:*"])]
fn of_other_events(_event: S3Event) {}

/// Another bucket.
#[on_s3_event(bucket = "photos-2026", suffix = ".jpg")]
fn of_another_bucket(_event: S3Event) {}

#[on_s3_event(
    bucket = "photos",
    events = ["s3:ObjectCreated:Put", "s3:ObjectTagging:*"],
    prefix = "2026/",
    suffix = ".raw.jpg"
)]
fn raw(_event: S3Event) {}

#[on_sqs_message(queue = "orders")]
fn order(_event: SqsEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:123456789012:returns")]
fn returned(_event: SqsEvent) {}

mod audit {
    use super::*;

    #[on_s3_event(bucket = "photos", events = ["s3:ObjectRemoved:Delete"], prefix = "2025/")]
    fn removed(_event: S3Event) {}

    #[on_sqs_message(queue = "orders", filters = [{ "body": { "kind": ["audit"] } }])]
    fn audit(_event: SqsEvent) {}

    #[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:123456789012:returns")]
    fn returned(_event: SqsEvent) {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint {
        handlers: [removed, audit, returned],
    };
}

mod twice {
    use super::*;

    #[on_s3_event(bucket = "texts")]
    fn text(_event: S3Event) {}

    #[on_sqs_message(queue = "texts")]
    fn message(_event: SqsEvent) {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint {
        handlers: [text, message],
    };
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [
        thumbnail,
        of_other_keys,
        of_other_events,
        of_another_bucket,
        raw,
        order,
        returned,
    ],
    blueprints: [
        audit::BLUEPRINT.prefix("audit_"),
        twice::BLUEPRINT,
        twice::BLUEPRINT.prefix("again_"),
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
