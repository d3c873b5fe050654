//! JSON Web Tokens (RFC 7519), as the authorizers of API Gateway check them that
//! are no functions: those of Amazon Cognito user pools (REST APIs), and JWT
//! authorizers (HTTP APIs).
//!
//! Pure: keys come as the text of a JSON Web Key Set, the time as an argument.

mod claims;
mod gateway;
mod key_set;
mod refusal;
mod rule;
mod signed;
#[cfg(test)]
mod tests;

pub(crate) use gateway::KeySets;
pub use key_set::{KeySet, KeySetError, MAX_KEY_SET};
pub use refusal::TokenRefusal;
pub(crate) use rule::TokenRule;
