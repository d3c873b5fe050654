//! Who decides about the requests of a route, as far as the gateway enforces it.

#[cfg(not(feature = "jwt"))]
use chalice_core::manifest::model::Authorizer;
use chalice_core::manifest::model::{Manifest, Route};

use super::Guard;
#[cfg(not(feature = "jwt"))]
use super::UserPool;
use crate::GatewayError;
#[cfg(feature = "jwt")]
use crate::token::TokenRule;

/// Who decides about the requests of a route.
#[derive(Clone, Debug)]
pub(crate) enum Protection {
    /// A function of the app.
    Function(Guard),
    /// The gateway, by the token in the request.
    #[cfg(feature = "jwt")]
    Token(TokenRule),
    /// The gateway, by the form of the token in the request.
    #[cfg(not(feature = "jwt"))]
    UserPool(UserPool),
}

impl Protection {
    /// The route's protection; none for what the gateway does not enforce.
    pub(crate) fn of(
        route: &Route,
        manifest: &Manifest,
    ) -> Result<Option<Protection>, GatewayError> {
        #[cfg(feature = "jwt")]
        if let Some(rule) = route.authorizer.as_ref().and_then(TokenRule::of) {
            return Ok(Some(Protection::Token(rule)));
        }
        #[cfg(not(feature = "jwt"))]
        if let Some(Authorizer::CognitoUserPools { header, .. }) = &route.authorizer {
            return Ok(Some(Protection::UserPool(UserPool::new(header))));
        }
        Ok(Guard::of(route, manifest)?.map(Protection::Function))
    }
}
