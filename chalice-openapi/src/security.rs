//! Security schemes: how a client shows that a request may pass.

use std::collections::{BTreeMap, BTreeSet};

use chalice_core::manifest::model::{
    Authorizer, AuthorizerFunction, FunctionKind, Identity, IdentityPlace, IdentitySource,
    Manifest, Route,
};
use serde_json::{Map, Value, json};

use crate::components::{component_name, unique};

/// For how long API Gateway keeps a decision unless the authorizer says otherwise, in seconds.
pub(crate) const DEFAULT_TTL: u32 = 300;

/// The schemes of a document while it is made.
#[derive(Debug)]
pub(crate) struct SecuritySchemes<'m> {
    manifest: &'m Manifest,
    /// By the authorizer's name: the schemes that a request needs all of.
    names: BTreeMap<String, Vec<String>>,
    api_key: Option<String>,
    taken: BTreeSet<String>,
    schemes: Map<String, Value>,
}

impl<'m> SecuritySchemes<'m> {
    pub(crate) fn new(manifest: &'m Manifest) -> SecuritySchemes<'m> {
        SecuritySchemes {
            manifest,
            names: BTreeMap::new(),
            api_key: None,
            taken: BTreeSet::new(),
            schemes: Map::new(),
        }
    }

    /// The operation's `security`: one requirement, which is all that a request needs at once.
    /// `None` where a request needs nothing.
    pub(crate) fn requirement(&mut self, route: &Route) -> Option<Value> {
        let mut requirement = Map::new();
        if let Some(authorizer) = &route.authorizer {
            for name in self.authorizer(authorizer) {
                requirement.insert(name, scopes(authorizer).into());
            }
        }
        if route.api_key_required {
            requirement.insert(self.api_key(), json!([]));
        }
        (!requirement.is_empty()).then(|| json!([requirement]))
    }

    /// `components.securitySchemes`
    pub(crate) fn into_schemes(self) -> Map<String, Value> {
        self.schemes
    }

    fn api_key(&mut self) -> String {
        if let Some(name) = &self.api_key {
            return name.clone();
        }
        let scheme = json!({ "type": "apiKey", "in": "header", "name": "x-api-key" });
        let name = self.add("api_key", scheme);
        self.api_key = Some(name.clone());
        name
    }

    fn add(&mut self, name: &str, scheme: Value) -> String {
        let name = unique(&component_name(name), &mut self.taken);
        self.schemes.insert(name.clone(), scheme);
        name
    }

    fn authorizer(&mut self, authorizer: &Authorizer) -> Vec<String> {
        let name = authorizer.name();
        if let Some(names) = self.names.get(name) {
            return names.clone();
        }
        let names: Vec<String> = self
            .schemes_of(authorizer)
            .into_iter()
            .map(|(suffix, scheme)| self.add(&format!("{name}{suffix}"), scheme))
            .collect();
        self.names.insert(name.to_owned(), names.clone());
        names
    }

    /// The schemes of an authorizer, each with what its name has after the authorizer's.
    fn schemes_of(&self, authorizer: &Authorizer) -> Vec<(String, Value)> {
        let scheme = match authorizer {
            Authorizer::AwsIam { .. } => {
                let mut scheme = header("Authorization", "awsSigv4");
                scheme["description"] =
                    "AWS Signature Version 4, for the service `execute-api`.".into();
                scheme
            }
            Authorizer::CognitoUserPools {
                provider_arns,
                header: name,
                ..
            } => {
                let mut scheme = header(name, "cognito_user_pools");
                scheme["x-amazon-apigateway-authorizer"] =
                    json!({ "type": "cognito_user_pools", "providerARNs": provider_arns });
                scheme["description"] = "A token of the Amazon Cognito user pool.".into();
                scheme
            }
            Authorizer::Custom {
                authorizer_uri,
                header: name,
                ttl_seconds,
                ..
            } => {
                let mut scheme = header(name, "custom");
                scheme["x-amazon-apigateway-authorizer"] = json!({
                    "type": "token",
                    "authorizerUri": authorizer_uri,
                    "authorizerResultTtlInSeconds": ttl_seconds,
                });
                scheme
            }
            Authorizer::Jwt {
                issuer,
                audiences,
                header: name,
                ..
            } => {
                let extension = json!({
                    "type": "jwt",
                    "jwtConfiguration": { "issuer": issuer, "audience": audiences },
                    "identitySource": format!("$request.header.{name}"),
                });
                let mut scheme = match name.eq_ignore_ascii_case("authorization") {
                    true => json!({
                        "type": "openIdConnect",
                        "openIdConnectUrl":
                            format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')),
                    }),
                    // The other type's header is always `Authorization`.
                    false => json!({ "type": "apiKey", "in": "header", "name": name }),
                };
                scheme["x-amazon-apigateway-authorizer"] = extension;
                scheme
            }
            Authorizer::Function { name, .. } => return self.function(name),
        };
        vec![(String::new(), scheme)]
    }

    fn function(&self, name: &str) -> Vec<(String, Value)> {
        let Some(function) = authorizer_function(self.manifest, name) else {
            return Vec::new();
        };
        let ttl = function.ttl_seconds.unwrap_or(DEFAULT_TTL);
        let described = |mut scheme: Value, extension: Value| {
            scheme["x-amazon-apigateway-authtype"] = "custom".into();
            scheme["x-amazon-apigateway-authorizer"] = extension;
            if let Some(summary) = &function.summary {
                scheme["description"] = summary.as_str().into();
            }
            scheme
        };
        match &function.identity {
            Identity::Token { header: name } => {
                let extension = json!({ "type": "token", "authorizerResultTtlInSeconds": ttl });
                vec![(String::new(), described(header(name, "custom"), extension))]
            }
            Identity::Request { sources } => {
                let extension = json!({
                    "type": "request",
                    "identitySource": identity_source(sources),
                    "authorizerResultTtlInSeconds": ttl,
                });
                // What API Gateway itself knows of a request is nothing that a client sends.
                let sent = sources.iter().filter_map(|source| match source.place {
                    IdentityPlace::Header => Some(("header", &source.name)),
                    IdentityPlace::Query => Some(("query", &source.name)),
                    IdentityPlace::Context | IdentityPlace::StageVariable => None,
                });
                sent.enumerate()
                    .map(|(number, (place, name))| {
                        let suffix = match number {
                            0 => String::new(),
                            _ => format!("_{name}"),
                        };
                        let scheme = json!({ "type": "apiKey", "in": place, "name": name });
                        (suffix, described(scheme, extension.clone()))
                    })
                    .collect()
            }
        }
    }
}

/// A value in a header, and for API Gateway who judges it.
fn header(name: &str, authtype: &str) -> Value {
    json!({
        "type": "apiKey",
        "in": "header",
        "name": name,
        "x-amazon-apigateway-authtype": authtype,
    })
}

/// The sources, as API Gateway wants them in one text.
pub(crate) fn identity_source(sources: &[IdentitySource]) -> String {
    let sources = sources.iter().map(|source| {
        let place = match source.place {
            IdentityPlace::Header => "method.request.header",
            IdentityPlace::Query => "method.request.querystring",
            IdentityPlace::Context => "context",
            IdentityPlace::StageVariable => "stageVariables",
        };
        format!("{place}.{}", source.name)
    });
    sources.collect::<Vec<String>>().join(", ")
}

/// The settings of an authorizer that is a function of the app.
pub(crate) fn authorizer_function<'m>(
    manifest: &'m Manifest,
    name: &str,
) -> Option<&'m AuthorizerFunction> {
    manifest
        .functions
        .iter()
        .find_map(|function| match &function.kind {
            FunctionKind::Authorizer(authorizer) if function.name == name => Some(authorizer),
            _ => None,
        })
}

/// The scopes of which a token needs one.
pub(crate) fn scopes(authorizer: &Authorizer) -> Vec<String> {
    match authorizer {
        Authorizer::AwsIam { scopes, .. }
        | Authorizer::CognitoUserPools { scopes, .. }
        | Authorizer::Custom { scopes, .. }
        | Authorizer::Jwt { scopes, .. }
        | Authorizer::Function { scopes, .. } => scopes.clone(),
    }
}
