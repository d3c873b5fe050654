//! Authorizers that are functions of the app, as API Gateway enforces them.

mod authorization;
mod cache;
mod decision;
mod guard;
mod policy;
mod protection;
#[cfg(test)]
mod tests;

pub use authorization::Authorization;
pub(crate) use cache::Cache;
pub use decision::MalformedDecision;
pub(crate) use guard::Guard;
pub(crate) use protection::Protection;
