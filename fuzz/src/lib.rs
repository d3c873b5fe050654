//! Fuzzing of what reads texts from outside.
//!
//! Each module is one target: its function `check` takes an input and panics
//! when the input leads to a mistake. `targets/` puts them behind libFuzzer,
//! `tests/` runs them on the seeds and on mutants of the seeds.

pub mod content_negotiation;
pub mod event_to_request;
pub mod json;
pub mod jwt;
pub mod manifest;
pub mod path_pattern;
pub mod raw_path;
pub mod request_parts;
pub mod seeds;
mod served;
