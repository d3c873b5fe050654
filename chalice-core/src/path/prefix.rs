//! The prefixes of mounted blueprints: the same grammar, judged in const
//! evaluation because a prefix can be any constant expression.

use super::{is_literal, is_placeholder_name};
use crate::{
    bytes::{position, slice},
    text::Text,
};

/// Checks the prefix of a mounted blueprint: empty, or a path without a
/// trailing slash and without a greedy placeholder.
///
/// # Panics
///
/// When the prefix is anything else: a compile error at the `.at(..)`.
#[track_caller]
pub const fn assert_prefix(prefix: &str) {
    if let Some(problem) = problem(prefix) {
        let mut text = Text::<512>::new();
        text.push("\"");
        text.push(prefix);
        text.push("\" cannot be the prefix of a blueprint: ");
        text.push(problem);
        panic!("{}", text.as_str());
    }
}

/// What is wrong with a prefix.
const fn problem(prefix: &str) -> Option<&'static str> {
    let bytes = prefix.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    if bytes[0] != b'/' {
        return Some("a prefix starts with `/`, as in \"/users\"");
    }
    if bytes.len() == 1 {
        return Some("a blueprint at the root needs no `.at(..)`: list the blueprint itself");
    }
    if bytes[bytes.len() - 1] == b'/' {
        return Some("a prefix does not end with `/`, as in \"/users\"");
    }
    let mut start = 1;
    while start < bytes.len() {
        let end = position(bytes, b'/', start);
        if let Some(problem) = segment_problem(slice(bytes, start, end)) {
            return Some(problem);
        }
        start = end + 1;
    }
    None
}

const fn segment_problem(segment: &[u8]) -> Option<&'static str> {
    let length = segment.len();
    if length == 0 {
        return Some("it has an empty segment: write each `/` once");
    }
    let (first, last) = (segment[0], segment[length - 1]);
    if length >= 2 && (first == b'<' && last == b'>' || first == b'{' && last == b'}') {
        let name = slice(segment, 1, length - 1);
        if !name.is_empty() && (name[name.len() - 1] == b'+' || name[name.len() - 1] == b'.') {
            return Some("a greedy placeholder can only be the last segment of a route");
        }
        if !is_placeholder_name(name) {
            return Some("a placeholder is `<name>`, its name made of letters, digits and `_`");
        }
        return None;
    }
    let mut at = 0;
    while at < length {
        if !is_literal(segment[at]) {
            return Some(
                "API Gateway takes letters, digits, `.`, `_`, `-` and `:` in a path, and placeholders `<name>`",
            );
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::PathPattern;
    use proptest::prelude::*;

    #[test]
    fn prefixes() {
        assert_eq!(problem(""), None);
        assert_eq!(problem("/users"), None);
        assert_eq!(problem("/v1/<tenant>/{x}"), None);
        for bad in [
            "users", "/", "/users/", "/a//b", "/<a..>", "/{a+}", "/<9>", "/a b", "/<a",
        ] {
            assert!(problem(bad).is_some(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_grammar_of_paths(path in "(/[a-c<>{}.+_-]{0,5}){1,3}") {
            let greedy = path.contains("..>") || path.contains("+}");
            let duplicate = matches!(&PathPattern::parse(&path), Err(errors) if errors.iter().all(|error| {
                matches!(error, crate::path::PathError::DuplicatePlaceholder { .. })
            }));
            if !greedy && path != "/" && !duplicate {
                prop_assert_eq!(problem(&path).is_none(), PathPattern::parse(&path).is_ok(), "{}", path);
            }
        }
    }
}
