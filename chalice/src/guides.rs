//! The guides of the repository, whose examples are compiled as tests.

#[doc = include_str!("../../docs/cors.md")]
struct Cors;

#[doc = include_str!("../../docs/errors.md")]
struct Errors;
