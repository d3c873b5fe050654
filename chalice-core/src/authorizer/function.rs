//! Authorizers that are functions of the app: `#[authorizer]`.

use super::{Authorizer, AuthorizerDef, AuthorizerKind};
use crate::definition::HandlerDef;

/// The longest time that API Gateway keeps a decision, in seconds.
///
/// Amazon API Gateway, "Quotas for configuring and running a REST API".
pub const MAX_TTL_SECONDS: u32 = 3600;

/// The time that API Gateway keeps a decision unless told otherwise, in seconds.
///
/// Amazon API Gateway, `CreateAuthorizer`, `authorizerResultTtlInSeconds`.
pub const DEFAULT_TTL_SECONDS: u32 = 300;

/// The longest method ARN that API Gateway passes to an authorizer, in bytes:
/// it answers longer ones by 414.
///
/// Amazon API Gateway, "Quotas for configuring and running a REST API".
pub const MAX_METHOD_ARN: usize = 1600;

/// An authorizer that is a function of the app, as a route names it:
/// `authorizer = demo_auth` or `authorizer = demo_auth.scopes(&["profile"])`.
#[derive(Clone, Copy, Debug)]
pub struct AuthorizerFunction {
    handler: &'static HandlerDef,
    scopes: &'static [&'static str],
}

impl Authorizer for AuthorizerFunction {
    type This = Self;
}

impl AuthorizerFunction {
    /// The authorizer that this handler is.
    #[doc(hidden)]
    pub const fn new(handler: &'static HandlerDef) -> Self {
        AuthorizerFunction {
            handler,
            scopes: &[],
        }
    }

    /// The OAuth scopes that the route asks for.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    #[doc(hidden)]
    pub const fn authorizer_definition(self) -> AuthorizerDef {
        AuthorizerDef {
            name: self.handler.name,
            kind: AuthorizerKind::Function {
                handler: self.handler,
            },
            scopes: self.scopes,
        }
    }
}

/// What stands in the type namespace for an authorizer that is a constant and
/// no function, so that a route can name either in the same way.
#[doc(hidden)]
pub mod constant {
    use super::Authorizer;

    /// Glob-imported where a route names its authorizer; the companion type of
    /// an authorizer function shadows it.
    #[derive(Debug)]
    pub struct __Authorizer {}

    impl __Authorizer {
        /// The authorizer, which is one already.
        pub const fn as_authorizer<T>(authorizer: T) -> T::This
        where
            T: Authorizer<This = T>,
        {
            authorizer
        }
    }
}
