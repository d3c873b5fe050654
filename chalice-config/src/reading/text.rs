//! Settings that are texts of a certain form.

/// The JSON Schema's pattern of texts that match `pattern` as a whole, or do so as soon as their
/// references to app and stage are filled.
pub(crate) fn filled_pattern(pattern: &str) -> String {
    format!(r"^(?:{pattern})$|\$\{{(?:stage|app)\}}")
}

/// Defines a type for texts that `is_taken` takes; `pattern` says the same to editors.
macro_rules! text_setting {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident;
        pattern: $pattern:expr,
        is_taken: $is_taken:expr,
        refusal: $reason:expr, $fix:expr $(,)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(String);

        impl $Name {
            /// One of that text.
            ///
            /// # Errors
            ///
            /// When AWS does not take it.
            pub fn new(text: impl Into<String>) -> Result<$Name, $crate::Refusal> {
                let text = text.into();
                let is_taken: fn(&str) -> bool = $is_taken;
                match is_taken(&text) {
                    true => Ok($Name(text)),
                    false => Err($crate::Refusal::new($reason, $fix)),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $crate::reading::Scalar for $Name {
            fn read(value: &serde_json::Value) -> Result<$Name, $crate::Refusal> {
                match value.as_str() {
                    Some(text) => $Name::new(text),
                    None => Err($crate::Refusal::new($reason, $fix)),
                }
            }

            fn schema() -> serde_json::Value {
                let pattern = $crate::reading::filled_pattern($pattern);
                serde_json::json!({ "type": "string", "pattern": pattern })
            }
        }
    };
}

pub(crate) use text_setting;
