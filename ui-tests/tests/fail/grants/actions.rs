//! Actions that IAM does not have.

use chalice::{
    grant::{Bucket, Grant},
    prelude::*,
};

const PHOTOS: Bucket = Bucket::named("photos");
const TAGS: Grant = PHOTOS.allow(&["s3:GetObjectTaging"]);
const MAIL: Grant = Grant::allow(&["sess:SendEmail"]).on(&["*"]);
const CASE: Grant = PHOTOS.allow(&["s3:getObject"]);

#[route("/photos/<key>", grants = [PHOTOS.get(), PHOTOS.allow(&["s3:GetObjct"])])]
fn photo(key: String) -> String {
    key
}

#[on_sqs_message(queue = "mail", grants = [Grant::allow(&["ses:Send*"]).on(&["*"])])]
fn mail(_event: SqsEvent) {}

#[lambda_function(grants = [TAGS, MAIL, CASE])]
fn others() {}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [photo, mail, others],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
