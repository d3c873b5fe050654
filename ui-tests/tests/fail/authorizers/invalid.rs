//! What the constructors of authorizers refuse.

use chalice::prelude::*;

const NO_POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new("pool", &[]);

const LONG_LIVED: CustomAuthorizer = CustomAuthorizer::new(
    "legacy",
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations",
)
.ttl_seconds(86_400);

#[route("/1", authorizer = NO_POOL)]
fn no_pool() {}

#[route("/2", authorizer = LONG_LIVED)]
fn long_lived() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [no_pool, long_lived],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
