//! Events of buckets. Two handlers of one event are a compile error here, and two references to resources of a Terraform
//! module no names of buckets: so `s3_full` is for other events than in AWS Chalice's app, and `s3_tf` for a bucket by its name.

use chalice::prelude::*;

#[on_s3_event(bucket = "bucket-a")]
fn s3_min(_event: S3Event) {}

#[on_s3_event(
    bucket = "bucket-a",
    events = ["s3:ObjectRemoved:*", "s3:ObjectRestore:Completed"],
    prefix = "images/",
    suffix = ".jpg"
)]
fn s3_full(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", name = "s3_tfref")]
fn s3_tf(_event: S3Event) {}

/// The app.
#[app]
pub static APP: App = App {
    name: "s3app",
    handlers: [s3_min, s3_full, s3_tf],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
