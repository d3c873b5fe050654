//! `components.securitySchemes`: the authorizers.

use chalice_core::manifest::model::{
    Authorizer, Identity, IdentityPlace, IdentitySource, Manifest,
};
use serde_json::{Map, Value, json};

use crate::{
    FunctionUris,
    security::{DEFAULT_TTL, authorizer_function},
};

/// The authorizers that some route refers to.
pub(super) fn schemes(manifest: &Manifest, uris: &impl FunctionUris) -> Map<String, Value> {
    let authorizers = manifest.routes.iter().flat_map(|route| &route.authorizer);
    authorizers
        .filter_map(|authorizer| {
            let scheme = scheme(authorizer, manifest, uris)?;
            Some((authorizer.name().to_owned(), scheme))
        })
        .collect()
}

fn scheme(authorizer: &Authorizer, manifest: &Manifest, uris: &impl FunctionUris) -> Option<Value> {
    match authorizer {
        Authorizer::Jwt {
            issuer,
            audiences,
            header,
            ..
        } => Some(json!({
            "type": "oauth2",
            "flows": {},
            "x-amazon-apigateway-authorizer": {
                "type": "jwt",
                "jwtConfiguration": { "issuer": issuer, "audience": audiences },
                "identitySource": format!("$request.header.{header}"),
            },
        })),
        Authorizer::Function { name, .. } => Some(function(name, manifest, uris)),
        // IAM is a matter of the operation; the others are refused by now.
        Authorizer::AwsIam { .. }
        | Authorizer::CognitoUserPools { .. }
        | Authorizer::Custom { .. } => None,
    }
}

/// An authorizer of the app. Payload format 1.0 has the token as REST APIs send it, and takes the
/// policies that `AuthResponse` consists of.
fn function(name: &str, manifest: &Manifest, uris: &impl FunctionUris) -> Value {
    let mut settings = json!({
        "type": "request",
        "authorizerUri": uris.authorizer(name),
        "authorizerPayloadFormatVersion": "1.0",
    });
    let mut header = "Authorization";
    if let Some(function) = authorizer_function(manifest, name) {
        let sources = match &function.identity {
            Identity::Token { header: name } => {
                header = name;
                format!("$request.header.{name}")
            }
            Identity::Request { sources } => {
                header = first_header(sources).unwrap_or(header);
                sources.iter().map(source).collect::<Vec<_>>().join(", ")
            }
        };
        settings["identitySource"] = sources.into();
        settings["authorizerResultTtlInSeconds"] =
            function.ttl_seconds.unwrap_or(DEFAULT_TTL).into();
        if let Some(role) = &function.execution_role {
            settings["authorizerCredentials"] = role.as_str().into();
        }
    }
    json!({
        "type": "apiKey",
        "in": "header",
        "name": header,
        "x-amazon-apigateway-authorizer": settings,
    })
}

fn first_header(sources: &[IdentitySource]) -> Option<&str> {
    let header = sources
        .iter()
        .find(|source| source.place == IdentityPlace::Header)?;
    Some(&header.name)
}

/// Amazon API Gateway, "Identity sources" of HTTP APIs.
fn source(source: &IdentitySource) -> String {
    let place = match source.place {
        IdentityPlace::Header => "$request.header",
        IdentityPlace::Query => "$request.querystring",
        IdentityPlace::Context => "$context",
        IdentityPlace::StageVariable => "$stageVariables",
    };
    format!("{place}.{}", source.name)
}
