//! What an action does, in the classes of IAM.

use std::fmt;

/// The access level of an action, as AWS's Service Authorization Reference tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Tells which resources there are.
    List,
    /// Reads the content or the attributes of resources.
    Read,
    /// Creates, changes or deletes resources.
    Write,
    /// Changes tags only.
    Tagging,
    /// Grants permissions, or takes them away.
    PermissionsManagement,
}

impl AccessLevel {
    /// Of the letter that stands for it in the data.
    pub(crate) fn of(letter: &str) -> Option<AccessLevel> {
        Some(match letter {
            "L" => AccessLevel::List,
            "R" => AccessLevel::Read,
            "W" => AccessLevel::Write,
            "T" => AccessLevel::Tagging,
            "P" => AccessLevel::PermissionsManagement,
            _ => return None,
        })
    }
}

/// As the reference writes it: `Permissions management`.
impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AccessLevel::List => "List",
            AccessLevel::Read => "Read",
            AccessLevel::Write => "Write",
            AccessLevel::Tagging => "Tagging",
            AccessLevel::PermissionsManagement => "Permissions management",
        })
    }
}
