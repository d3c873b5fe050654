//! The authorizer of a route, as far as the gateway enforces it.

use std::time::Duration;

use chalice_core::authorizer::DEFAULT_TTL_SECONDS;
use chalice_core::manifest::model::{
    Authorizer, FunctionKind, Identity, IdentityPlace, IdentitySource, Manifest, Route,
};
use http::request::Parts;
use serde_json::{Value, json};

use super::user_pool::UserPool;
use crate::GatewayError;

/// An authorizer that the gateway enforces.
#[derive(Clone, Debug)]
pub(crate) enum Guard {
    /// A function of the app.
    Function(FunctionGuard),
    /// A user pool of Amazon Cognito.
    UserPool(UserPool),
}

/// An authorizer that is a function of the app.
#[derive(Clone, Debug)]
pub(crate) struct FunctionGuard {
    /// The function's name.
    pub(crate) function: String,
    identity: Identity,
    /// How long a decision is kept.
    pub(super) lifetime: Duration,
}

/// A request as an authorizer function sees it.
pub(super) struct Question {
    /// The event.
    pub(super) event: Vec<u8>,
    /// The values that identify the caller.
    pub(super) identity: Vec<String>,
}

impl Guard {
    /// The route's authorizer, if the gateway enforces it.
    pub(crate) fn of(route: &Route, manifest: &Manifest) -> Result<Option<Guard>, GatewayError> {
        let name = match &route.authorizer {
            Some(Authorizer::Function { name, .. }) => name,
            Some(Authorizer::CognitoUserPools { header, .. }) => {
                return Ok(Some(Guard::UserPool(UserPool::new(header))));
            }
            _ => return Ok(None),
        };
        let settings = manifest
            .functions
            .iter()
            .find_map(|function| match &function.kind {
                FunctionKind::Authorizer(settings) if function.name == *name => Some(settings),
                _ => None,
            });
        let Some(settings) = settings else {
            return Err(GatewayError::NoAuthorizer {
                route: route.name.clone(),
                authorizer: name.clone(),
            });
        };
        let seconds = settings.ttl_seconds.unwrap_or(DEFAULT_TTL_SECONDS);
        Ok(Some(Guard::Function(FunctionGuard {
            function: name.clone(),
            identity: settings.identity.clone(),
            lifetime: Duration::from_secs(seconds.into()),
        })))
    }
}

impl FunctionGuard {
    /// What the function is asked about a request; `event` makes the event that
    /// the route's own function would get. Nothing if the request does not say
    /// who the caller is.
    pub(super) fn question(
        &self,
        method_arn: &str,
        head: &Parts,
        event: impl FnOnce() -> Vec<u8>,
    ) -> Option<Question> {
        match &self.identity {
            Identity::Token { header } => {
                let token = head.headers.get(header.as_str())?;
                let token = String::from_utf8_lossy(token.as_bytes()).into_owned();
                if token.is_empty() {
                    return None;
                }
                let event = json!({
                    "type": "TOKEN",
                    "methodArn": method_arn,
                    "authorizationToken": token,
                });
                Some(Question {
                    event: event.to_string().into_bytes(),
                    identity: vec![token],
                })
            }
            Identity::Request { sources } => {
                let mut event: Value = serde_json::from_slice(&event()).ok()?;
                let identity = sources
                    .iter()
                    .map(|source| value(&event, source).filter(|value| !value.is_empty()))
                    .collect::<Option<Vec<String>>>()?;
                let members = event.as_object_mut()?;
                // An authorizer does not see the body.
                members.remove("body");
                members.remove("isBase64Encoded");
                members.insert("type".to_owned(), "REQUEST".into());
                members.insert("methodArn".to_owned(), method_arn.into());
                Some(Question {
                    event: event.to_string().into_bytes(),
                    identity,
                })
            }
        }
    }
}

/// The value of an identity source in the event of a request.
fn value(event: &Value, source: &IdentitySource) -> Option<String> {
    let name = &source.name;
    let found = match source.place {
        // The event's names are in lower case.
        IdentityPlace::Header => event["headers"].get(name.to_ascii_lowercase()),
        IdentityPlace::Query => event["queryStringParameters"].get(name),
        IdentityPlace::StageVariable => event["stageVariables"].get(name),
        IdentityPlace::Context => name
            .split('.')
            .try_fold(&event["requestContext"], |value, member| value.get(member)),
    }?;
    match found {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(found.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
