//! Finds which operations of the AWS SDK for Rust a program can reach, and where its source calls them.
//!
//! [`operations`] reads them from an executable. [`Analysis::of`] adds, from Cargo's metadata and the sources of
//! packages, on whose account each is there: the app's, the framework's, or that of the providers of
//! credentials in `aws-config`, whose calls need no permission of the function's role; and the lines that may
//! call it.

mod analysis;
mod dependencies;
mod error;
mod executable;
mod operation;
mod source;
mod source_path;
mod symbol;

pub use analysis::{Analysis, Origin, ReachableOperation};
pub use error::UsageError;
pub use executable::{Evidence, Usage, operations};
pub use operation::Operation;
pub use source::{Call, CallForm, UnreadSource};
