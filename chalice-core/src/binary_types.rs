//! Which content types an API carries as binary.
//!
//! Amazon API Gateway, "Working with binary media types for REST APIs". An
//! event and an answer are JSON, so a binary body travels in them as base64.

use crate::content_type::matches_any;

/// The content types whose bodies API Gateway carries base64-encoded, unless
/// the app names more. The order is the one in which templates list them.
pub const DEFAULT_BINARY_TYPES: [&str; 16] = [
    "application/octet-stream",
    "application/x-tar",
    "application/zip",
    "audio/basic",
    "audio/ogg",
    "audio/mp4",
    "audio/mpeg",
    "audio/wav",
    "audio/webm",
    "image/png",
    "image/jpg",
    "image/jpeg",
    "image/gif",
    "video/ogg",
    "video/mpeg",
    "video/webm",
];

/// The binary content types of an app: the default ones, and its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BinaryTypes {
    additional: Option<&'static [&'static str]>,
}

/// The binary content types of an app: [`DEFAULT_BINARY_TYPES`], and then those of `additional`.
///
/// ```
/// use chalice_core::binary_types::binary_types;
///
/// let types = binary_types(Some(&["application/x-protobuf"]));
/// assert!(types.contains("image/png"));
/// assert!(types.contains("application/x-protobuf"));
/// assert!(!types.contains("application/json"));
/// assert_eq!(types.iter().count(), 17);
/// ```
pub const fn binary_types(additional: Option<&'static [&'static str]>) -> BinaryTypes {
    BinaryTypes { additional }
}

impl BinaryTypes {
    /// Every type, the default ones first.
    pub fn iter(self) -> impl Iterator<Item = &'static str> + Clone {
        let additional = self.additional.unwrap_or_default();
        DEFAULT_BINARY_TYPES.iter().chain(additional).copied()
    }

    /// Whether a body of that content type is binary. Parameters and case do
    /// not count; an app that names `*/*` has nothing but binary bodies.
    ///
    /// ```
    /// use chalice_core::binary_types::binary_types;
    /// assert!(binary_types(None).contains("IMAGE/PNG; charset=x"));
    /// assert!(!binary_types(None).contains("text/html; charset=utf-8"));
    /// ```
    pub fn contains(self, content_type: &str) -> bool {
        matches_any(content_type, self.iter())
    }

    /// Whether a client that sends this `Accept` gets binary bodies from a REST
    /// API: when it names any of the types, or `*/*`. Wildcards such as
    /// `image/*`, and preferences (`q=`), mean nothing to API Gateway.
    ///
    /// ```
    /// use chalice_core::binary_types::binary_types;
    /// assert!(binary_types(None).accepted_by("text/html,image/png;q=0.8"));
    /// assert!(!binary_types(None).accepted_by("text/html,image/*"));
    /// ```
    pub fn accepted_by(self, accept: &str) -> bool {
        matches_any(accept, self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_the_default_ones_and_those_of_the_app() {
        const OWN: BinaryTypes = binary_types(Some(&["application/pdf"]));
        assert!(OWN.contains("Application/PDF; version=2") && OWN.contains("image/gif"));
        assert!(!binary_types(None).contains("application/pdf"));
        assert!(!OWN.contains("") && !OWN.contains("image/svg+xml"));
        assert!(binary_types(Some(&["*/*"])).contains("text/plain"));
        assert_eq!(OWN.iter().last(), Some("application/pdf"));
        assert_eq!(BinaryTypes::default(), binary_types(None));
    }

    #[test]
    fn accept_names_a_type_or_everything() {
        let types = binary_types(None);
        for accept in ["*/*", "text/html, */*;q=0.1", "IMAGE/PNG", "a/b,image/gif"] {
            assert!(types.accepted_by(accept), "{accept}");
        }
        for accept in ["", "text/html", "image/*", "image/pngx", "application/json"] {
            assert!(!types.accepted_by(accept), "{accept}");
        }
    }
}
