//! The same requests through AWS Chalice for Python and through this framework.
//!
//! A case is what Chalice made of an input; it is either read from a file, or
//! made up and asked of Chalice at once. `README.md` says how the two meet.

pub mod app;
pub mod case;
pub mod compare;
pub mod differences;
pub mod driver;
pub mod live;
pub mod output;
pub mod suite;

mod json_equality;
