//! Apps of AWS Chalice for which its own documents and templates are known, and their counterparts here.
//!
//! A folder `golden/<name>` has the counterpart, `app.rs`, which is a whole program and a module of this
//! crate; the configuration of both, `.chalice/`; and in `out/` what AWS Chalice 1.34 for Python has
//! written: `sam-<stage>.json`, `chalice-<stage>.tf.json` and `swagger-<stage>.json`.

mod app;
pub mod counterpart;
pub mod counterparts;
mod difference;
mod intended;
pub mod sam;
pub mod swagger;
pub mod terraform;
pub mod verdict;

pub use app::{GoldenApp, apps};
pub use difference::{Difference, differences};
pub use intended::{Comparison, Intended};
