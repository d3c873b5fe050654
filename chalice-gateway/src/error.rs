//! Why a gateway cannot be built.

/// A manifest for which API Gateway could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GatewayError {
    /// A route's path is not one that API Gateway accepts.
    #[error(
        "route `{route}` has the path \"{path}\", which API Gateway does not accept: {problem}"
    )]
    Path {
        /// The route's name.
        route: String,
        /// The path.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A route's method is not one that API Gateway can route.
    #[error(
        "route `{route}` answers the method `{method}`, which API Gateway cannot route: it takes {}",
        chalice_core::suggest::list(chalice_core::method::Method::ALL.iter().map(|method| method.name()))
    )]
    Method {
        /// The route's name.
        route: String,
        /// The method.
        method: String,
    },
    /// The app has routes, and the manifest has no function that answers them.
    #[error(
        "the app `{app}` has routes, but its manifest has no function of type `rest_api` that answers them"
    )]
    NoFunction {
        /// The app's name.
        app: String,
    },
    /// A route's authorizer is none of the app's functions.
    #[error(
        "route `{route}` has the authorizer `{authorizer}`, but the manifest has no function of type `authorizer` \
         of that name"
    )]
    NoAuthorizer {
        /// The route's name.
        route: String,
        /// The authorizer's name.
        authorizer: String,
    },
    /// Keys for tokens that no route's authorizer checks.
    #[cfg(feature = "jwt")]
    #[error(
        "no route has an authorizer {}that checks tokens (`CognitoUserPoolAuthorizer`, `JwtAuthorizer`), so the \
         key set would check nothing",
        .authorizer.as_ref().map(|name| format!("`{name}` ")).unwrap_or_default()
    )]
    NoTokens {
        /// The authorizer's name, if the keys are for one.
        authorizer: Option<String>,
    },
}
