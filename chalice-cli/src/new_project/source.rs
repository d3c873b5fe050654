//! Where a new app takes the framework from.

use std::path::{Path, PathBuf};

/// Where a new app takes the framework from.
#[derive(Debug)]
pub(super) enum FrameworkSource {
    /// The registry.
    Release {
        /// The version.
        version: &'static str,
    },
    /// A checkout of the framework's repository.
    Checkout {
        /// The repository's root.
        root: PathBuf,
    },
}

impl FrameworkSource {
    /// The checkout from which this program was built, if it is still there
    /// and holds the framework; else the release of this program's version.
    pub(super) fn of_this_program() -> FrameworkSource {
        let cli = Path::new(env!("CARGO_MANIFEST_DIR"));
        let checkout = cli.parent().filter(|root| {
            // A package from the registry has its siblings beside it, under other names.
            root.join("chalice/Cargo.toml").is_file() && root.join("Cargo.toml").is_file()
        });
        match checkout {
            Some(root) => FrameworkSource::Checkout {
                root: root.to_owned(),
            },
            None => FrameworkSource::Release {
                version: env!("CARGO_PKG_VERSION"),
            },
        }
    }

    /// The dependency's source, in TOML.
    pub(super) fn dependency(&self) -> String {
        match self {
            FrameworkSource::Release { version } => format!("version = {}", toml_string(version)),
            FrameworkSource::Checkout { root } => {
                format!(
                    "path = {}",
                    toml_string(&root.join("chalice").to_string_lossy())
                )
            }
        }
    }

    /// The value of the alias that runs `cargo chalice` from a checkout, in TOML.
    ///
    /// A string, as in the checkout's own configuration: Cargo refuses to merge
    /// a string with a list, and a project inside of the checkout sees both. A
    /// string is split at white space, so a path that has some needs the list.
    pub(super) fn command_alias(&self) -> Option<String> {
        let FrameworkSource::Checkout { root } = self else {
            return None;
        };
        let manifest = root.join("Cargo.toml");
        let manifest = manifest.to_string_lossy();
        let words = [
            "run",
            "--quiet",
            "--manifest-path",
            &manifest,
            "--package",
            "chalice-cli",
            "--bin",
            "cargo-chalice",
            "--",
            "chalice",
        ];
        Some(if manifest.contains(char::is_whitespace) {
            format!("[{}]", words.map(toml_string).join(", "))
        } else {
            toml_string(&words.join(" "))
        })
    }
}

/// A basic string (TOML 1.0, "String").
fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(control)))
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_strings() {
        assert_eq!(toml_string("plain é"), "\"plain é\"");
        assert_eq!(toml_string("C:\\a \"b\"\n"), "\"C:\\\\a \\\"b\\\"\\u000A\"");
    }

    #[test]
    fn this_program_was_built_from_a_checkout() {
        let source = FrameworkSource::of_this_program();
        assert!(
            matches!(&source, FrameworkSource::Checkout { root } if root.join("chalice-cli").is_dir()),
            "{source:?}"
        );
    }
}
