//! Authorizers, as API Gateway enforces them: functions of the app, and user pools.

mod authorization;
mod cache;
mod decision;
mod guard;
mod policy;
mod user_pool;

pub use authorization::Authorization;
pub(crate) use cache::Cache;
pub use decision::MalformedDecision;
pub(crate) use guard::Guard;

#[cfg(test)]
mod tests;
