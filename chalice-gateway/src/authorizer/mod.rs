//! Authorizers, as API Gateway enforces them: functions of the app, and user pools.

mod authorization;
mod cache;
mod decision;
mod guard;
mod policy;
mod protection;
#[cfg(test)]
mod tests;
mod user_pool;

pub use authorization::Authorization;
pub(crate) use cache::Cache;
pub use decision::MalformedDecision;
pub(crate) use guard::Guard;
pub(crate) use protection::Protection;
pub(crate) use user_pool::UserPool;
#[cfg(feature = "jwt")]
pub(crate) use user_pool::bearer_token;
