//! OpenAPI 3.0 with the extensions of Amazon API Gateway, from which an HTTP API is made.
//!
//! Amazon API Gateway, "Using OpenAPI definitions for HTTP APIs" and "OpenAPI extensions for API
//! Gateway". Preflights reach the function, because an HTTP API has one CORS setting for all
//! of its routes, and a path of the app may have its own.

mod authorizer;
mod error;

use chalice_core::manifest::model::{Authorizer, Manifest, Route};
use serde::Serialize;
use serde_json::{Map, Value, json};

pub use error::{HttpApiError, Unsupported};

use crate::{
    FunctionUris, InvocationPath,
    no_routes::NoRoutes,
    operation::{operation_key, paths, placeholders},
    security::scopes,
};

/// A document from which API Gateway makes an HTTP API.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HttpApi {
    openapi: &'static str,
    info: Value,
    paths: Map<String, Value>,
    #[serde(skip_serializing_if = "Value::is_null")]
    components: Value,
}

/// Writes the document from which API Gateway makes the app's API as an HTTP API.
///
/// # Errors
///
/// When the app has no routes, or some of them ask for what REST APIs alone have: with all of those.
pub fn http_api(manifest: &Manifest, uris: &impl FunctionUris) -> Result<HttpApi, HttpApiError> {
    NoRoutes::check(manifest)?;
    error::check(manifest)?;
    let schemes = authorizer::schemes(manifest, uris);
    Ok(HttpApi {
        openapi: "3.0.1",
        info: json!({ "version": "1.0", "title": manifest.app.name }),
        paths: path_items(manifest, uris),
        components: match schemes.is_empty() {
            true => Value::Null,
            false => json!({ "securitySchemes": schemes }),
        },
    })
}

fn path_items(manifest: &Manifest, uris: &impl FunctionUris) -> Map<String, Value> {
    let mut items = Map::new();
    for (path, routes) in paths(manifest) {
        let mut item = Map::new();
        for route in routes {
            for method in &route.methods {
                item.insert(operation_key(method), operation(route, uris));
            }
        }
        if manifest.preflight(path).is_some() {
            // Without an authorizer: browsers send no credentials with a preflight.
            item.insert("options".to_owned(), unguarded(path, uris));
        }
        items.insert(path.to_owned(), Value::Object(item));
    }
    items
}

fn operation(route: &Route, uris: &impl FunctionUris) -> Value {
    let mut operation = unguarded(&route.path, uris);
    if let Some(summary) = &route.summary {
        operation["summary"] = summary.as_str().into();
    }
    if let Some(description) = &route.description {
        operation["description"] = description.as_str().into();
    }
    match &route.authorizer {
        None => {}
        Some(Authorizer::AwsIam { .. }) => {
            operation["x-amazon-apigateway-auth"] = json!({ "type": "AWS_IAM" });
        }
        Some(authorizer) => {
            operation["security"] = json!([{ authorizer.name(): scopes(authorizer) }]);
        }
    }
    operation
}

/// What every operation of the path has.
fn unguarded(path: &str, uris: &impl FunctionUris) -> Value {
    let mut operation = json!({
        "responses": { "default": { "description": "What the function answers." } },
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": uris.api_handler(InvocationPath::Invocations),
            "payloadFormatVersion": "2.0",
        },
    });
    let parameters: Vec<Value> = placeholders(path)
        .into_iter()
        .map(|(name, _)| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    operation
}
