//! What a caller may ask for: methods and paths.

use std::fmt::Write as _;

use http::Method;

/// Some methods of a path, as an authorizer allows them.
///
/// ```
/// use chalice_runtime::{AuthRoute, Method};
///
/// let one = AuthRoute::new("/users/<id>", [Method::GET, Method::PUT]);
/// let all_methods = AuthRoute::from("/health");
/// let everything = AuthRoute::from("*");
/// # let _ = (one, all_methods, everything);
/// ```
///
/// A path from the source is written as in `#[route]`: a placeholder stands
/// for any text, further segments included. The path `*` stands for every
/// path, as in AWS Chalice.
///
/// A path that is a `String` is one path: whatever it contains, the characters
/// that IAM and routes read as placeholders stand for themselves, so that
/// `format!("/users/{name}")` allows no more than it says, whoever chose the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthRoute {
    path: AuthPath,
    /// `None` for every method.
    methods: Option<Vec<Method>>,
}

impl AuthRoute {
    /// These methods of that path.
    pub fn new(path: impl Into<AuthPath>, methods: impl IntoIterator<Item = Method>) -> AuthRoute {
        AuthRoute {
            path: path.into(),
            methods: Some(methods.into_iter().collect()),
        }
    }

    /// Every method of that path.
    pub fn any(path: impl Into<AuthPath>) -> AuthRoute {
        AuthRoute {
            path: path.into(),
            methods: None,
        }
    }

    /// What follows the stage in the ARNs: `GET/users/*`.
    pub(super) fn resources(&self) -> Vec<String> {
        let path = &self.path.0;
        match &self.methods {
            None => vec![format!("*/{path}")],
            Some(methods) => methods
                .iter()
                .map(|method| format!("{method}/{path}"))
                .collect(),
        }
    }
}

/// Every method of a path from the source, with placeholders.
impl From<&'static str> for AuthRoute {
    fn from(path: &'static str) -> AuthRoute {
        AuthRoute::any(path)
    }
}

/// Every method of one path.
impl From<String> for AuthRoute {
    fn from(path: String) -> AuthRoute {
        AuthRoute::any(path)
    }
}

/// The path of an [`AuthRoute`], as it stands in an ARN, without the first `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthPath(String);

impl AuthPath {
    /// A path in which `*` stands for any text, `/` included, and `?` for any
    /// one character, as in IAM policies: `/reports/2026-*`.
    ///
    /// Not for a text that a client has a say in: with a `*` in it, it would
    /// allow what it should not.
    pub fn wildcards(pattern: &str) -> AuthPath {
        AuthPath(encoded(pattern, |character| {
            !matches!(character, '*' | '?') && is_special(character)
        }))
    }
}

/// A path from the source, with placeholders.
impl From<&'static str> for AuthPath {
    fn from(path: &'static str) -> AuthPath {
        if path == "*" {
            return AuthPath("*".to_owned());
        }
        let segments: Vec<String> = path
            .strip_prefix('/')
            .unwrap_or(path)
            .split('/')
            .map(|segment| {
                let is_placeholder = segment.starts_with('<') && segment.ends_with('>')
                    || segment.starts_with('{') && segment.ends_with('}');
                if is_placeholder {
                    "*".to_owned()
                } else {
                    encoded(segment, is_special)
                }
            })
            .collect();
        AuthPath(segments.join("/"))
    }
}

/// One path: every character stands for itself.
impl From<String> for AuthPath {
    fn from(path: String) -> AuthPath {
        AuthPath(encoded(&path, is_special))
    }
}

/// Whether a character cannot stand for itself in an ARN's path: IAM's
/// wildcards and variables, and what a request's path has percent-encoded.
fn is_special(character: char) -> bool {
    matches!(
        character,
        '*' | '?' | '$' | '{' | '}' | '<' | '>' | '"' | '\\' | '^' | '`' | '|' | '#'
    ) || !character.is_ascii_graphic()
}

/// The path without its first `/`, percent-encoded where `special` says so.
fn encoded(path: &str, special: impl Fn(char) -> bool) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut text = String::with_capacity(path.len());
    for character in path.chars() {
        if special(character) {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(text, "%{byte:02X}");
            }
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_of_the_source() {
        for (path, resource) in [
            ("*", "*/*"),
            ("/", "*/"),
            ("/users", "*/users"),
            ("/users/<id>", "*/users/*"),
            ("/users/{id}/files/<path..>", "*/users/*/files/*"),
            ("users", "*/users"),
            ("/authed/*", "*/authed/%2A"),
        ] {
            assert_eq!(AuthRoute::from(path).resources(), [resource], "{path}");
        }
    }

    #[test]
    fn methods() {
        let route = AuthRoute::new("/m", [Method::GET, Method::PUT]);
        assert_eq!(route.resources(), ["GET/m", "PUT/m"]);
        assert!(AuthRoute::new("/m", []).resources().is_empty());
        assert_eq!(AuthRoute::new("*", [Method::GET]).resources(), ["GET/*"]);
    }

    #[test]
    fn wildcards_on_request() {
        let route = AuthRoute::any(AuthPath::wildcards("/authed/*/a?"));
        assert_eq!(route.resources(), ["*/authed/*/a?"]);
    }

    #[test]
    fn a_text_from_elsewhere_allows_no_more_than_it_says() {
        for (path, resource) in [
            ("*", "*/%2A"),
            ("/users/*", "*/users/%2A"),
            ("/users/<id>", "*/users/%3Cid%3E"),
            ("/users/${aws:username}", "*/users/%24%7Baws:username%7D"),
            ("/caf\u{e9}?", "*/caf%C3%A9%3F"),
        ] {
            assert_eq!(AuthRoute::from(path.to_owned()).resources(), [resource]);
        }
    }

    proptest! {
        #[test]
        fn no_text_from_elsewhere_has_a_wildcard(path in r"\PC{0,40}") {
            let AuthPath(path) = AuthPath::from(path);
            prop_assert!(!path.contains(['*', '?', '$']), "{}", path);
        }
    }
}
