//! Every kind of authorizer that REST APIs have.

use chalice::prelude::*;

const IAM: IamAuthorizer = IamAuthorizer::new();
const COGNITO: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
    "MyPool",
    &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
)
.header("Authorization")
.scopes(&["email"]);
const CUSTOM: CustomAuthorizer = CustomAuthorizer::new(
    "MyCustomAuth",
    "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/arn:aws:lambda:us-west-2:123456789012:function:fn/invocations",
)
.header("X-Auth")
.ttl_seconds(30)
.invoke_role_arn("arn:aws:iam::123456789012:role/inv")
.scopes(&["a", "b"]);
const CUSTOM_MIN: CustomAuthorizer = CustomAuthorizer::new("MinCustom", "uri-min");

#[authorizer]
fn builtin_default(_request: AuthRequest) -> AuthResponse {
    AuthResponse::allow(["*"], "u")
}

#[authorizer(
    ttl_seconds = 120,
    execution_role = "arn:aws:iam::123456789012:role/exec",
    name = "NamedAuth",
    header = "X-Tok"
)]
fn builtin_full(_request: AuthRequest) -> AuthResponse {
    AuthResponse::allow(["/x"], "u").context("k", "v")
}

#[route("/iam", authorizer = IAM)]
fn r_iam() {}

#[route("/cognito", authorizer = COGNITO)]
fn r_cog() {}

#[route("/cognito-scopes", authorizer = COGNITO.scopes(["x/y", "z"]))]
fn r_cog2() {}

#[route("/custom", authorizer = CUSTOM)]
fn r_custom() {}

#[route("/custom-min", authorizer = CUSTOM_MIN)]
fn r_custom_min() {}

#[route("/builtin", authorizer = builtin_default)]
fn r_b() {}

#[route("/builtin-scoped", authorizer = builtin_default.scopes(["s1"]))]
fn r_bs() {}

#[route("/builtin-full", methods = [GET, POST], authorizer = builtin_full, api_key_required, cors)]
fn r_bf() {}

/// The app.
#[app]
pub static APP: App = App {
    name: "auths",
    handlers: [
        builtin_default,
        builtin_full,
        r_iam,
        r_cog,
        r_cog2,
        r_custom,
        r_custom_min,
        r_b,
        r_bs,
        r_bf,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
