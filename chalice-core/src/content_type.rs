//! Content types: which ones API Gateway carries as binary, and how a
//! request's type is matched against a route's.

use crate::binary_types::binary_types;

/// The content types that a route accepts unless it says otherwise.
pub const DEFAULT_CONTENT_TYPES: &[&str] = &["application/json"];

/// The content type without its parameters, trimmed: `text/html` of `text/html; charset=utf-8`.
///
/// ```
/// assert_eq!(chalice_core::content_type::essence("text/html; charset=utf-8"), "text/html");
/// ```
pub fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// Whether `content_type` is one that API Gateway carries as binary by default.
///
/// ```
/// use chalice_core::content_type::is_binary;
/// assert!(is_binary("image/png"));
/// assert!(!is_binary("application/json"));
/// ```
pub fn is_binary(content_type: &str) -> bool {
    let essence = essence(content_type);
    binary_types(None)
        .iter()
        .any(|binary| binary.eq_ignore_ascii_case(essence))
}

/// Whether a request whose `Content-Type` is `content_type` is of one of the `accepted` types.
///
/// Types are compared without regard to case; a list of types in the header
/// matches when any of them does; `*/*` on either side matches everything.
///
/// ```
/// use chalice_core::content_type::matches;
/// assert!(matches("application/json; charset=utf-8", &["application/json"]));
/// assert!(!matches("application/json-patch+json", &["application/json"]));
/// ```
pub fn matches(content_type: &str, accepted: &[&str]) -> bool {
    matches_any(content_type, accepted.iter().copied())
}

/// [`matches`], for types that are not in one list.
pub(crate) fn matches_any<'a>(
    content_type: &str,
    accepted: impl Iterator<Item = &'a str> + Clone,
) -> bool {
    let is_several = |byte: &u8| matches!(byte, b',' | b';' | b'*');
    if !content_type.as_bytes().iter().any(is_several) {
        // One type, as most headers have it: looked at once.
        let token = content_type.trim();
        let mut accepted = accepted;
        return accepted.any(|accepted| accepted == "*/*" || accepted.eq_ignore_ascii_case(token));
    }
    content_type.contains("*/*")
        || accepted.clone().any(|accepted| accepted == "*/*")
        || content_type.split([',', ';']).map(str::trim).any(|token| {
            accepted
                .clone()
                .any(|accepted| accepted.eq_ignore_ascii_case(token))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching() {
        assert!(matches(
            "text/plain, application/json",
            &["application/json"]
        ));
        assert!(matches("APPLICATION/JSON", &["application/json"]));
        assert!(matches("*/*", &["application/json"]));
        assert!(matches("anything/goes", &["*/*"]));
        assert!(!matches("a/b", &["application/json"]));
        assert!(!matches("a/b", &[]));
        assert!(matches(" text/PLAIN ", &["a/b", "text/plain"]));
        assert!(matches("a/b;c=d", &["*/*"]));
        assert!(!matches("", &["a/b"]) && !matches("*", &["a/b"]));
    }
}
