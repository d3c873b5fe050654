//! Where in the file a value stands.

use std::fmt;

/// The keys on the way to a value; empty for the whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyPath(String);

impl KeyPath {
    /// The path to a member of what this is the path to.
    pub(crate) fn key(&self, key: &str) -> KeyPath {
        let is_plain = !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$'));
        let dot = if self.0.is_empty() { "" } else { "." };
        KeyPath(match is_plain {
            true => format!("{}{dot}{key}", self.0),
            // A dot within a key would read like two keys.
            false => format!("{}{dot}{key:?}", self.0),
        })
    }

    /// The path to an element, counted from 0.
    pub(crate) fn index(&self, index: usize) -> KeyPath {
        KeyPath(format!("{}[{index}]", self.0))
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
