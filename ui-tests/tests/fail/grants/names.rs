//! Names that AWS has no resource of.

use chalice::{
    grant::{Bucket, Function, Grant, Parameter, Queue, Table},
    prelude::*,
};

const PHOTOS: Bucket = Bucket::named("Photos");
const ORDERS: Table = Table::named("arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
const STOCK: Table = Table::named("stock").index("by day");
const MAIL: Queue = Queue::named("https://sqs.eu-west-1.amazonaws.com/123456789012/mail");
const LIMITS: Parameter = Parameter::from_env("/app/limits");
const RESIZE: Grant = Function::named("").invoke();

#[route("/", grants = [PHOTOS.get(), ORDERS.get(), STOCK.query(), MAIL.send(), LIMITS.read(), RESIZE])]
fn index() -> &'static str {
    "photos"
}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
