//! Events that a bucket does not send, and filters that no key passes.

use chalice::prelude::*;

#[on_s3_event(bucket = "mybucket", events = ["s3:TestEvent"])]
fn test_event(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", events = ["s3:ObjectAcl:Put", "s3:ObjectAcl:Put"])]
fn twice(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", events = ["s3:ObjectTagging:Put", "s3:ObjectTagging:*"])]
fn part_first(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", events = "s3:ObjectCreated:*")]
fn no_list(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", events = [1])]
fn no_texts(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", prefix = "images/*", suffix = "*.jpg")]
fn wildcards(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", prefix = "s3://mybucket/images/")]
fn url(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", prefix = "my images/", suffix = "é.jpg")]
fn unencoded(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket", prefix = "images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/images/")]
fn too_long(_event: S3Event) {}

#[app]
static APP: App = App {
    name: "s3",
    handlers: [test_event, twice, part_first, no_list, no_texts, wildcards, url, unencoded, too_long],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
