//! Access to AWS: credentials, region, account, and what to make of failures.

mod access;
mod access_error;
mod aws_error;
mod credentials;
mod denied;
mod endpoint;
mod failure;
mod service;

pub use access::{Access, Identity};
pub use access_error::AccessError;
pub use aws_error::{AwsError, AwsErrorKind};
pub use denied::Denied;
pub use service::{Call, Service};

#[cfg(test)]
mod tests;
