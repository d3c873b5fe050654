//! Authorizers as constants, as paths, and made in place.

use chalice::prelude::*;

const IAM: IamAuthorizer = IamAuthorizer::new();

const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
    "pool",
    &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
);

mod shared {
    use chalice::prelude::*;

    pub(crate) const LEGACY: CustomAuthorizer = CustomAuthorizer::new(
        "legacy",
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
         arn:aws:lambda:us-east-1:123456789012:function:auth/invocations",
    )
    .header("X-Token")
    .invoke_role_arn("arn:aws:iam::123456789012:role/invoke")
    .ttl_seconds(3600);
}

#[route("/1", authorizer = IAM)]
fn iam() {}

#[route("/2", authorizer = IamAuthorizer::new())]
fn in_place() {}

#[route("/3", authorizer = POOL)]
fn pool() {}

#[route("/4", authorizer = POOL.scopes(["profile", "email"]), api_key_required)]
fn scopes() {}

#[route("/5", authorizer = shared::LEGACY)]
fn custom() {}

#[route("/6", authorizer = shared::LEGACY.ttl_seconds(0).scopes(&["admin"]))]
fn custom_with_scopes() {}

#[app]
static APP: App = App {
    name: "authorizers",
    handlers: [iam, in_place, pool, scopes, custom, custom_with_scopes],
};

#[test]
fn authorizers() {
    assert_eq!(crate::routes(&APP).len(), 6);
}
