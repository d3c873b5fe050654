//! Names that no bucket has, or none that sends events.

use chalice::prelude::*;

#[on_s3_event(bucket = "ab")]
fn short(_event: S3Event) {}

#[on_s3_event(bucket = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
fn long(_event: S3Event) {}

#[on_s3_event(bucket = "-mybucket")]
fn ends(_event: S3Event) {}

#[on_s3_event(bucket = "my..bucket")]
fn periods(_event: S3Event) {}

#[on_s3_event(bucket = "192.168.5.4")]
fn address(_event: S3Event) {}

#[on_s3_event(bucket = "xn--mybucket")]
fn reserved(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket-s3alias")]
fn alias(_event: S3Event) {}

#[on_s3_event(bucket = "mybucket--use1-az4--x-s3")]
fn directory(_event: S3Event) {}

#[on_s3_event(bucket = "s3://mybucket/images")]
fn url(_event: S3Event) {}

#[app]
static APP: App = App {
    name: "s3",
    handlers: [short, long, ends, periods, address, reserved, alias, directory, url],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
