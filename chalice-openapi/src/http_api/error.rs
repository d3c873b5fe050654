//! What REST APIs have, and HTTP APIs have not.

use std::fmt;

use chalice_core::manifest::model::{Authorizer, Manifest, Route};

use crate::no_routes::NoRoutes;

/// Why there is no HTTP API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpApiError {
    /// There are no routes.
    #[error(transparent)]
    NoRoutes(#[from] NoRoutes),
    /// Some routes ask for what HTTP APIs have not.
    #[error("an HTTP API cannot have all routes of the app:{}", lines(.0))]
    Unsupported(Vec<Unsupported>),
}

/// A route that an HTTP API cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsupported {
    /// The route's name.
    pub route: String,
    /// What it asks for, and what to do about it.
    pub reason: String,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the route `{}` {}", self.route, self.reason)
    }
}

fn lines(routes: &[Unsupported]) -> String {
    routes.iter().map(|route| format!("\n  {route}")).collect()
}

/// Amazon API Gateway, "Choose between REST APIs and HTTP APIs".
pub(super) fn check(manifest: &Manifest) -> Result<(), HttpApiError> {
    let routes = manifest.routes.iter();
    let unsupported: Vec<Unsupported> = routes
        .flat_map(|route| {
            reasons(route).map(|reason| Unsupported {
                route: route.name.clone(),
                reason: format!(
                    "{reason}, or choose a REST API: `\"api_type\": \"rest\"` in .chalice/config.json"
                ),
            })
        })
        .collect();
    match unsupported.is_empty() {
        true => Ok(()),
        false => Err(HttpApiError::Unsupported(unsupported)),
    }
}

fn reasons(route: &Route) -> impl Iterator<Item = String> {
    let key = route.api_key_required.then(|| {
        "asks for an API key, and HTTP APIs have none: leave out `api_key_required`".to_owned()
    });
    let stream = route
        .stream
        .then(|| "streams, and HTTP APIs pass whole answers on: leave out `stream`".to_owned());
    let authorizer = match &route.authorizer {
        Some(Authorizer::CognitoUserPools { name, .. }) => Some(format!(
            "has the authorizer `{name}` of Amazon Cognito user pools, and HTTP APIs judge their tokens by issuer and audience: \
             use `JwtAuthorizer` with the issuer `https://cognito-idp.<region>.amazonaws.com/<pool>` and the ids of the app clients"
        )),
        Some(Authorizer::Custom { name, .. }) => Some(format!(
            "has the authorizer `{name}`, a function that judges a token of a REST API, and HTTP APIs send such functions \
             another event: use a function of the app with `#[authorizer]`"
        )),
        _ => None,
    };
    [key, stream, authorizer].into_iter().flatten()
}
