//! Actions that IAM does not have.

use chalice::{
    grant::{Bucket, Grant},
    prelude::*,
};

const PHOTOS: Bucket = Bucket::named("photos");
const TAGS: Grant = PHOTOS.allow(&["s3:GetObjectTaging"]);
const MAIL: Grant = Grant::allow(&["sess:SendEmail"]).on(&["*"]);
const CASE: Grant = PHOTOS.allow(&["s3:getObject"]);

#[route("/photos/<key>", grants = [PHOTOS.get(), PHOTOS.allow(&["s3:GetObjct"]), TAGS])]
fn photo(key: String) -> String {
    key
}

#[on_sqs_message(queue = "mail", grants = [
    MAIL,
    CASE,
    Grant::allow(&["ses:Send*"]).on(&["*"]),
])]
fn mail(_event: SqsEvent) {}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [photo, mail],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
