//! Swagger 2.0 with the extensions of Amazon API Gateway, as AWS Chalice writes it.
//!
//! Amazon API Gateway, "OpenAPI extensions for API Gateway". Where Chalice's document is one
//! that API Gateway or a validator refuses, this one is not the same: `ANY`, greedy
//! placeholders, requests of several origins.

mod draft4;
mod models;
mod operation;
mod preflight;
mod request_validation;
mod security;
mod uris;

use chalice_core::{
    binary_types::DEFAULT_BINARY_TYPES,
    manifest::model::{Authorizer, Manifest, Preflight},
};
use serde::Serialize;
use serde_json::{Map, Value, json};

pub use request_validation::RequestValidation;
pub use uris::{FunctionUris, InvocationPath, Placeholders};

use self::request_validation::{Checked, Checks};
use crate::{
    Schemas,
    no_routes::NoRoutes,
    note::Note,
    operation::{operation_key, paths},
};

/// What the document says that the app does not know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SwaggerSettings {
    /// The resource policy of the API.
    pub policy: Option<Value>,
    /// The VPC endpoints of a private API. Without a policy, requests through them alone may pass.
    pub vpc_endpoint_ids: Vec<String>,
    /// What the API checks of requests; AWS Chalice's checks nothing.
    pub request_validation: Option<RequestValidation>,
}

impl SwaggerSettings {
    /// The API's own policy, or else the one that AWS Chalice gives to private APIs.
    pub fn policy(&self) -> Option<Value> {
        let endpoints = &self.vpc_endpoint_ids;
        if self.policy.is_some() || endpoints.is_empty() {
            return self.policy.clone();
        }
        let condition = match &endpoints[..] {
            [endpoint] => json!(endpoint),
            several => json!(several),
        };
        Some(json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": "*",
                "Action": "execute-api:Invoke",
                "Resource": "arn:*:execute-api:*:*:*",
                "Condition": { "StringEquals": { "aws:SourceVpce": condition } },
            }],
        }))
    }
}

/// A Swagger 2.0 document, whose members come in Chalice's order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swagger {
    swagger: &'static str,
    info: Value,
    schemes: Value,
    paths: Map<String, Value>,
    definitions: Value,
    #[serde(rename = "x-amazon-apigateway-binary-media-types")]
    binary_media_types: Vec<String>,
    #[serde(
        rename = "x-amazon-apigateway-policy",
        skip_serializing_if = "Option::is_none"
    )]
    policy: Option<Value>,
    #[serde(
        rename = "x-amazon-apigateway-endpoint-configuration",
        skip_serializing_if = "Option::is_none"
    )]
    endpoint_configuration: Option<Value>,
    #[serde(rename = "securityDefinitions", skip_serializing_if = "Map::is_empty")]
    security_definitions: Map<String, Value>,
    #[serde(
        rename = "x-amazon-apigateway-request-validators",
        skip_serializing_if = "Map::is_empty"
    )]
    request_validators: Map<String, Value>,
    #[serde(skip)]
    notes: Vec<Note>,
}

impl Swagger {
    /// What the document leaves unchecked because a type has no JSON Schema, and how to change that.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

/// Why there is no Swagger document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SwaggerError {
    /// There is no REST API.
    #[error(transparent)]
    NoRoutes(#[from] NoRoutes),
    /// A REST API cannot have the authorizer.
    #[error(
        "the route `{route}` has the authorizer `{authorizer}`, which judges JSON Web Tokens: HTTP APIs alone have such \
         authorizers, and Swagger 2.0 describes REST APIs. Leave out `--swagger`, or guard the route by \
         `CognitoUserPoolAuthorizer` or by a function"
    )]
    JwtAuthorizer {
        /// The authorizer's name.
        authorizer: String,
        /// The route's name.
        route: String,
    },
    /// Requests are to be checked, and nobody has asked the app for its schemas.
    #[error(
        "the REST API is to check requests (`request_validation`), and the JSON Schemas of the handlers' arguments, by which it \
         does, are not known: have the app built with the feature `export`, and ask it for them, as `cargo chalice package` does"
    )]
    NoSchemas,
}

/// Writes the document from which API Gateway makes the app's REST API.
///
/// # Errors
///
/// When there is no REST API, or one that API Gateway cannot have.
pub fn swagger(
    manifest: &Manifest,
    settings: &SwaggerSettings,
    uris: &impl FunctionUris,
) -> Result<Swagger, SwaggerError> {
    NoRoutes::check(manifest)?;
    for route in &manifest.routes {
        if let Some(Authorizer::Jwt { name, .. }) = &route.authorizer {
            return Err(SwaggerError::JwtAuthorizer {
                authorizer: name.clone(),
                route: route.name.clone(),
            });
        }
    }
    let api = &manifest.app.api;
    let validation = settings.request_validation.as_ref();
    let validation = validation.filter(|validation| validation.is_on());
    let none = Schemas::default();
    let schemas = match validation {
        None => &none,
        Some(validation) => validation.schemas.as_ref().ok_or(SwaggerError::NoSchemas)?,
    };
    let mut checks = Checks::new(validation, schemas, &api.binary_types);
    let paths = path_items(manifest, uris, &mut checks);
    let Checked {
        definitions,
        validators,
        notes,
    } = checks.finish();
    let default_types = DEFAULT_BINARY_TYPES.into_iter().map(str::to_owned);
    Ok(Swagger {
        swagger: "2.0",
        // Of the document, and always that: API Gateway keeps no other.
        info: json!({ "version": "1.0", "title": manifest.app.name }),
        schemes: json!(["https"]),
        paths,
        definitions,
        binary_media_types: default_types
            .chain(api.binary_types.iter().cloned())
            .collect(),
        policy: settings.policy(),
        endpoint_configuration: (!settings.vpc_endpoint_ids.is_empty())
            .then(|| json!({ "vpcEndpointIds": settings.vpc_endpoint_ids })),
        security_definitions: security::definitions(manifest, uris),
        request_validators: validators,
        notes,
    })
}

fn path_items(
    manifest: &Manifest,
    uris: &impl FunctionUris,
    checks: &mut Checks<'_>,
) -> Map<String, Value> {
    let mut items = Map::new();
    for (path, routes) in paths(manifest) {
        let mut item = Map::new();
        for route in routes {
            for method in &route.methods {
                let mut operation = operation::operation(route, uris);
                checks.add(&mut operation, route, method);
                item.insert(operation_key(method), operation);
            }
        }
        match manifest.preflight(path) {
            Some(Preflight::Static {
                origin,
                allow_methods,
                cors,
            }) => {
                item.insert(
                    "options".to_owned(),
                    preflight::mock(path, origin, &allow_methods, cors),
                );
            }
            Some(Preflight::Function) => {
                item.insert("options".to_owned(), preflight::by_function(path, uris));
            }
            None => {}
        }
        items.insert(path.to_owned(), Value::Object(item));
    }
    items
}
