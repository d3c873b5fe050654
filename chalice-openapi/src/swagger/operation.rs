//! One method of a path: what it takes, and that the function answers it.

use chalice_core::manifest::model::Route;
use serde_json::{Value, json};

use super::uris::{FunctionUris, InvocationPath};
use crate::{operation::placeholders, security::scopes};

/// The operation of a route.
pub(super) fn operation(route: &Route, uris: &impl FunctionUris) -> Value {
    let mut operation = described(&route.path);
    if !route.content_types.is_empty() {
        operation["consumes"] = json!(route.content_types);
    }
    operation["x-amazon-apigateway-integration"] = integration(route.stream, uris);
    if let Some(summary) = &route.summary {
        operation["summary"] = summary.as_str().into();
    }
    if let Some(description) = &route.description {
        operation["description"] = description.as_str().into();
    }
    let security = security(route);
    if !security.is_empty() {
        operation["security"] = security.into();
    }
    operation
}

/// What every operation of the path has.
pub(super) fn described(path: &str) -> Value {
    let mut operation = json!({
        "produces": ["application/json"],
        "responses": {
            "200": {
                "description": "200 response",
                "schema": { "$ref": "#/definitions/Empty" },
            },
        },
    });
    let parameters: Vec<Value> = placeholders(path)
        .into_iter()
        .map(|(name, _)| json!({ "name": name, "in": "path", "required": true, "type": "string" }))
        .collect();
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    operation
}

/// Lambda proxy integration (Amazon API Gateway, "x-amazon-apigateway-integration").
pub(super) fn integration(stream: bool, uris: &impl FunctionUris) -> Value {
    let path = match stream {
        true => InvocationPath::ResponseStreamingInvocations,
        false => InvocationPath::Invocations,
    };
    let mut integration = json!({
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": uris.api_handler(path),
        "passthroughBehavior": "when_no_match",
        "responses": { "default": { "statusCode": "200" } },
    });
    match stream {
        // Bytes that pass through are not converted.
        true => integration["responseTransferMode"] = "STREAM".into(),
        false => integration["contentHandling"] = "CONVERT_TO_TEXT".into(),
    }
    integration
}

/// To API Gateway, all of a list are needed; to Swagger, one of them.
fn security(route: &Route) -> Vec<Value> {
    let key = route.api_key_required.then(|| json!({ "api_key": [] }));
    let authorizer = route.authorizer.as_ref();
    let authorizer = authorizer.map(|it| json!({ it.name(): scopes(it) }));
    key.into_iter().chain(authorizer).collect()
}
