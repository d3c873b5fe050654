//! Why a token does not let a request pass.

/// Why a token does not let a request pass: what API Gateway keeps from the
/// client, and a developer has to know. The gateway's response carries it as an
/// extension ([`http::Response::extensions`]).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenRefusal {
    /// The request has no token.
    #[error("the request has no token in the header `{header}`")]
    Missing {
        /// Where it is expected.
        header: String,
    },
    /// Several headers, so that checking one and believing another is possible.
    #[error("the request has several headers `{header}`")]
    Several {
        /// The header.
        header: String,
    },
    /// Not three parts, or a part that is not what it should be.
    #[error("the token is malformed: {0}")]
    Malformed(&'static str),
    /// Signed by an algorithm that API Gateway does not take, or not signed at all.
    #[error("the token's `alg` is none of {allowed}, which API Gateway takes here")]
    Algorithm {
        /// What it takes.
        allowed: String,
    },
    /// A key that the issuer's set does not have.
    #[error("the key set has no key of the `kid` that the token names: {kid:?}")]
    UnknownKey {
        /// What the token names.
        kid: Option<String>,
    },
    /// Not signed by that key.
    #[error("the token's signature is not of the key {kid:?}")]
    Signature {
        /// The key.
        kid: String,
    },
    /// Of another issuer.
    #[error("the token's `iss` is {found}, and the authorizer trusts {expected}")]
    Issuer {
        /// Its issuer.
        found: String,
        /// The authorizer's.
        expected: String,
    },
    /// For another audience.
    #[error("the token's `aud` or `client_id` is none of the authorizer's audiences, {expected}")]
    Audience {
        /// The authorizer's.
        expected: String,
    },
    /// Of another use.
    #[error("the token's `token_use` is {found}, and the route wants \"{expected}\": {why}")]
    Use {
        /// Its use.
        found: String,
        /// What is wanted.
        expected: &'static str,
        /// Why.
        why: &'static str,
    },
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come, or it does not say.
    #[error("the token's `{claim}` is missing, no number, or in the future")]
    Time {
        /// The claim.
        claim: &'static str,
    },
    /// It lacks the scopes.
    #[error("the token has none of the scopes that the route wants: {wanted}")]
    Scopes {
        /// What the route wants.
        wanted: String,
    },
}
