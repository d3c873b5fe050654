//! Grants: what the functions of an app may do on AWS, declared as constants.
//!
//! A resource is named in one place, as a constant: [`Bucket`], [`Table`], [`Queue`], [`Topic`],
//! [`Secret`], [`Parameter`], [`Function`], [`EventBus`] or [`StateMachine`]. Its operations are methods
//! that make a [`Grant`] of it. Whether names, actions and ARNs are what AWS has is found out in
//! const evaluation; the manifest carries all grants.

mod action;
mod arn_pattern;
mod bucket;
mod check;
mod declared;
mod distance;
mod entry;
mod event_bus;
mod function;
mod handle;
mod json;
mod kind;
mod name;
mod parameter;
mod queue;
mod secret;
mod state_machine;
mod table;
#[cfg(test)]
mod tests;
mod topic;

pub use bucket::Bucket;
pub use declared::{Actions, Grant};
#[doc(hidden)]
pub use entry::{GroupGrants, app_members, app_members_length, entry, entry_length, text};
pub use event_bus::EventBus;
pub use function::Function;
pub use handle::{Declared, Name};
pub use parameter::Parameter;
pub use queue::Queue;
pub use secret::Secret;
pub use state_machine::StateMachine;
pub use table::Table;
pub use topic::Topic;
