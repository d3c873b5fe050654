//! Actions that do not apply to the resource.

use chalice::{
    grant::{Bucket, Grant, Queue},
    prelude::*,
};

const PHOTOS: Bucket = Bucket::from_env("PHOTOS_BUCKET");
const ORDERS: Queue = Queue::named("orders");

#[route("/", grants = [PHOTOS.allow(&["sqs:SendMessage"])])]
fn index() -> &'static str {
    "photos"
}

#[schedule("rate(1 hour)", grants = [
    PHOTOS.allow(&["s3:ListAllMyBuckets"]),
])]
fn hourly() {}

#[lambda_function(grants = [Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:sns:*:*:news"])])]
fn mail() {}

#[blueprint]
static BLUEPRINT: Blueprint = Blueprint {
    handlers: [hourly, mail],
    grants: [Grant::allow(&["s3:ListBucket"]).on(&["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"])],
};

#[app]
static APP: App = App {
    name: "photos",
    handlers: [index],
    blueprints: [BLUEPRINT],
    grants: [ORDERS.send(), Grant::allow(&["s3:GetObject"]).on(&["photos"])],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
