//! `OPTIONS` of paths with CORS.

use chalice_core::manifest::model::Cors;
use serde_json::{Map, Value, json};

use super::{
    operation::{described, integration},
    uris::FunctionUris,
};

/// The same answer to all preflight requests, which API Gateway gives by itself.
pub(super) fn mock(path: &str, origin: &str, allow_methods: &str, cors: &Cors) -> Value {
    let mut headers = vec![
        ("Access-Control-Allow-Methods", allow_methods.to_owned()),
        ("Access-Control-Allow-Origin", origin.to_owned()),
        ("Access-Control-Allow-Headers", cors.allow_headers.join(",")),
    ];
    if !cors.expose_headers.is_empty() {
        headers.push((
            "Access-Control-Expose-Headers",
            cors.expose_headers.join(","),
        ));
    }
    if let Some(max_age) = cors.max_age {
        headers.push(("Access-Control-Max-Age", max_age.to_string()));
    }
    if cors.allow_credentials {
        headers.push(("Access-Control-Allow-Credentials", "true".to_owned()));
    }
    let declared: Map<String, Value> = headers
        .iter()
        .map(|(name, _)| ((*name).to_owned(), json!({ "type": "string" })))
        .collect();
    let values: Map<String, Value> = headers
        .into_iter()
        .map(|(name, value)| {
            // A constant is in quotation marks; anything else would be a mapping expression.
            (
                format!("method.response.header.{name}"),
                format!("'{value}'").into(),
            )
        })
        .collect();
    let mut operation = described(path);
    operation["consumes"] = json!(["application/json"]);
    operation["responses"]["200"]["headers"] = declared.into();
    operation["x-amazon-apigateway-integration"] = json!({
        "type": "mock",
        "contentHandling": "CONVERT_TO_TEXT",
        "passthroughBehavior": "when_no_match",
        "requestTemplates": { "application/json": "{\"statusCode\": 200}" },
        "responses": { "default": { "statusCode": "200", "responseParameters": values } },
    });
    operation
}

/// The function's answer, which depends on the request's origin. Browsers send neither tokens
/// nor API keys with such a request, so none is asked for.
pub(super) fn by_function(path: &str, uris: &impl FunctionUris) -> Value {
    let mut operation = described(path);
    operation["x-amazon-apigateway-integration"] = integration(false, uris);
    operation
}
