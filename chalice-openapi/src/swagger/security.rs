//! `securityDefinitions`: the authorizers, and API keys.

use chalice_core::manifest::model::{Authorizer, Identity, Manifest};
use serde_json::{Map, Value, json};

use super::uris::FunctionUris;
use crate::security::{authorizer_function, identity_source};

/// The definitions that some route refers to.
pub(super) fn definitions(manifest: &Manifest, uris: &impl FunctionUris) -> Map<String, Value> {
    let mut definitions = Map::new();
    for route in &manifest.routes {
        if route.api_key_required {
            definitions.insert(
                "api_key".to_owned(),
                json!({ "type": "apiKey", "name": "x-api-key", "in": "header" }),
            );
        }
        if let Some(authorizer) = &route.authorizer {
            let name = authorizer.name().to_owned();
            definitions.insert(name, definition(authorizer, manifest, uris));
        }
    }
    definitions
}

fn definition(authorizer: &Authorizer, manifest: &Manifest, uris: &impl FunctionUris) -> Value {
    let (header, kind, settings) = match authorizer {
        Authorizer::AwsIam { .. } => ("Authorization", "awsSigv4", None),
        Authorizer::CognitoUserPools {
            provider_arns,
            header,
            ..
        } => (
            &**header,
            "cognito_user_pools",
            Some(json!({ "type": "cognito_user_pools", "providerARNs": provider_arns })),
        ),
        Authorizer::Custom {
            authorizer_uri,
            invoke_role_arn,
            header,
            ttl_seconds,
            ..
        } => {
            let mut settings = json!({
                "type": "token",
                "authorizerUri": authorizer_uri,
                "authorizerResultTtlInSeconds": ttl_seconds,
            });
            if let Some(role) = invoke_role_arn {
                settings["authorizerCredentials"] = role.as_str().into();
            }
            (&**header, "custom", Some(settings))
        }
        // Which the writer has refused by now.
        Authorizer::Jwt { header, .. } => (&**header, "custom", None),
        Authorizer::Function { name, .. } => {
            let (header, settings) = function(name, manifest, uris);
            (header, "custom", Some(settings))
        }
    };
    let mut definition = json!({
        "type": "apiKey",
        "in": "header",
        "name": header,
        "x-amazon-apigateway-authtype": kind,
    });
    if let Some(settings) = settings {
        definition["x-amazon-apigateway-authorizer"] = settings;
    }
    definition
}

/// An authorizer of the app: the header that has its token, and its settings.
fn function<'m>(name: &str, manifest: &'m Manifest, uris: &impl FunctionUris) -> (&'m str, Value) {
    let mut settings = json!({ "type": "token", "authorizerUri": uris.authorizer(name) });
    let Some(function) = authorizer_function(manifest, name) else {
        return ("Authorization", settings);
    };
    if let Some(role) = &function.execution_role {
        settings["authorizerCredentials"] = role.as_str().into();
    }
    if let Some(ttl) = function.ttl_seconds {
        settings["authorizerResultTtlInSeconds"] = ttl.into();
    }
    match &function.identity {
        Identity::Token { header } => (header, settings),
        Identity::Request { sources } => {
            settings["type"] = "request".into();
            settings["identitySource"] = identity_source(sources).into();
            // API Gateway's own word for an authorizer that no single header belongs to.
            ("Unused", settings)
        }
    }
}
