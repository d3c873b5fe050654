//! The documents of HTTP APIs.

use chalice::{Application, prelude::*};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{HttpApiError, Placeholders, http_api};
use serde_json::{Value, json};
use verifiers::openapi_mistakes;

const LOGIN: JwtAuthorizer =
    JwtAuthorizer::new("login", "https://login.example.com", &["my-client"]).header("X-Token");

#[authorizer]
fn token(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[authorizer(identity_sources = [query("tenant"), header("X-Key")], ttl_seconds = 0)]
fn key(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

/// One order.
///
/// With its items.
#[route("/orders/<id>", cors, authorizer = token)]
fn order(id: u64) -> Json<u64> {
    Json(id)
}

#[route("/orders", methods = [POST], authorizer = LOGIN.scopes(["orders"]))]
fn create() {}

#[route("/tenants", authorizer = key)]
fn tenants() {}

#[route("/admin", authorizer = IamAuthorizer::new())]
fn admin() {}

#[route("/files/<path..>", methods = [ANY])]
fn files(path: String) -> String {
    path
}

#[app]
static SHOP: App = App {
    name: "shop",
    handlers: [token, key, order, create, tenants, admin, files],
};

fn manifest<A: Application>() -> Manifest {
    Manifest::from_json(A::manifest()).unwrap()
}

fn document() -> Value {
    serde_json::to_value(http_api(&manifest::<SHOP>(), &Placeholders).unwrap()).unwrap()
}

fn integration() -> Value {
    json!({
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": "arn:{partition}:apigateway:{region_name}:lambda:path/2015-03-31/functions/{api_handler_lambda_arn}/invocations",
        "payloadFormatVersion": "2.0",
    })
}

#[test]
fn a_path_has_its_routes_and_a_preflight_without_an_authorizer() {
    let answers = json!({ "default": { "description": "What the function answers." } });
    let parameters =
        json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    assert_eq!(
        document()["paths"]["/orders/{id}"],
        json!({
            "get": {
                "summary": "One order.",
                "description": "With its items.",
                "parameters": parameters,
                "responses": answers,
                "security": [{ "token": [] }],
                "x-amazon-apigateway-integration": integration(),
            },
            "options": {
                "parameters": parameters,
                "responses": answers,
                "x-amazon-apigateway-integration": integration(),
            },
        })
    );
}

#[test]
fn any_method_is_an_extension_and_iam_a_matter_of_the_operation() {
    let paths = &document()["paths"];
    let files = &paths["/files/{path+}"]["x-amazon-apigateway-any-method"];
    assert_eq!(files["x-amazon-apigateway-integration"], integration());
    assert_eq!(
        paths["/admin"]["get"]["x-amazon-apigateway-auth"],
        json!({ "type": "AWS_IAM" })
    );
    assert_eq!(paths["/admin"]["get"]["security"], Value::Null);
    assert_eq!(
        paths["/orders"]["post"]["security"],
        json!([{ "login": ["orders"] }])
    );
}

#[test]
fn authorizers_judge_tokens_and_requests() {
    assert_eq!(
        document()["components"]["securitySchemes"],
        json!({
            "login": {
                "type": "oauth2",
                "flows": {},
                "x-amazon-apigateway-authorizer": {
                    "type": "jwt",
                    "jwtConfiguration": { "issuer": "https://login.example.com", "audience": ["my-client"] },
                    "identitySource": "$request.header.X-Token",
                },
            },
            "token": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "x-amazon-apigateway-authorizer": {
                    "type": "request",
                    "identitySource": "$request.header.Authorization",
                    "authorizerUri": "arn:{partition}:apigateway:{region_name}:lambda:path/2015-03-31/functions/{token_lambda_arn}/invocations",
                    "authorizerPayloadFormatVersion": "1.0",
                    "authorizerResultTtlInSeconds": 300,
                },
            },
            "key": {
                "type": "apiKey",
                "in": "header",
                "name": "X-Key",
                "x-amazon-apigateway-authorizer": {
                    "type": "request",
                    "identitySource": "$request.querystring.tenant, $request.header.X-Key",
                    "authorizerUri": "arn:{partition}:apigateway:{region_name}:lambda:path/2015-03-31/functions/{key_lambda_arn}/invocations",
                    "authorizerPayloadFormatVersion": "1.0",
                    "authorizerResultTtlInSeconds": 0,
                },
            },
        })
    );
}

#[test]
fn a_validator_takes_it() {
    // API Gateway's notation of greedy placeholders is a part of the name to the validator.
    let document = document().to_string().replace("+}\":", "}\":");
    let document: Value = serde_json::from_str(&document).unwrap();
    let mut planted = document.clone();
    planted["paths"]["/orders"]["post"]["responses"] = json!({});
    let mistakes = openapi_mistakes(&[planted, document]).unwrap();
    assert!(!mistakes[0].is_empty());
    assert_eq!(mistakes[1], Vec::<String>::new());
}

mod rest_only {
    use chalice::prelude::*;

    const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
        "pool",
        &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
    );

    #[route("/keys", api_key_required, authorizer = POOL)]
    fn keys() {}

    #[route("/stream", stream)]
    fn stream() -> StreamingBody {
        StreamingBody::channel().1
    }

    #[app]
    pub(crate) static APP: App = App {
        name: "rest-only",
        handlers: [keys, stream],
    };
}

#[test]
fn what_only_rest_apis_have_is_refused_all_at_once() {
    let error = http_api(&manifest::<rest_only::APP>(), &Placeholders).unwrap_err();
    let HttpApiError::Unsupported(routes) = &error else {
        panic!("{error}");
    };
    let names: Vec<&str> = routes.iter().map(|route| &*route.route).collect();
    assert_eq!(names, ["keys", "keys", "stream"]);
    let text = error.to_string();
    for part in [
        "API key",
        "JwtAuthorizer",
        "streams",
        "\"api_type\": \"rest\"",
    ] {
        assert!(text.contains(part), "{text}");
    }
}
