//! The grammar of paths.
//!
//! A path is `/`, or segments that each begin with `/`. A segment is
//!
//! - literal: one or more of `A-Z a-z 0-9 . _ - :`, the characters that API
//!   Gateway allows in a resource's path part;
//! - a placeholder, `<name>` or `{name}`: it matches one segment that is not empty;
//! - a greedy placeholder, `<name..>` or `{name+}`, only as the last segment:
//!   it matches the rest of the path, which is not empty.
//!
//! Names of placeholders are names of arguments: `[A-Za-z_][A-Za-z0-9_]*`.
//! Inside the framework and in the manifest a path has API Gateway's form,
//! with `{name}` and `{name+}`.

mod error;
mod matching;
mod pattern;
mod prefix;

pub use error::PathError;
pub use matching::{Match, best_match};
pub use pattern::{PathPattern, Segment, placeholders};
pub use prefix::assert_prefix;

/// The longest a route's own path may be, in bytes. API Gateway takes URLs of
/// up to 10,240 bytes, prefixes, query string and values included.
pub const MAX_LENGTH: usize = 4096;

/// The most segments a path may have.
///
/// API Gateway has no such limit of its own; this one bounds the router's
/// memory, which lives on the stack, and is far above any path in use.
pub const MAX_SEGMENTS: usize = 32;

/// The most placeholders a path may have; it bounds the router's captures.
pub const MAX_PLACEHOLDERS: usize = 16;

/// `path` without one slash at its end: API Gateway answers `/users/` as it
/// answers `/users`. The root stays as it is, and so does `//`, which is not the
/// root: its segment is empty, and no segment of a route is.
///
/// ```
/// use chalice_core::path::without_trailing_slash;
/// assert_eq!(without_trailing_slash("/users/"), "/users");
/// assert_eq!(without_trailing_slash("/"), "/");
/// assert_eq!(without_trailing_slash("//"), "//");
/// ```
pub fn without_trailing_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("" | "/") | None => path,
        Some(stripped) => stripped,
    }
}

/// Whether `byte` may stand in a literal segment.
const fn is_literal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':')
}

/// Whether `name` can be the name of a placeholder, hence of an argument.
const fn is_placeholder_name(name: &[u8]) -> bool {
    if name.is_empty() || name[0].is_ascii_digit() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if !(name[at].is_ascii_alphanumeric() || name[at] == b'_') {
            return false;
        }
        at += 1;
    }
    // A lone underscore is a pattern in Rust, not a name.
    name.len() > 1 || name[0] != b'_'
}
