//! Whether Cargo's configuration says which linker a target has.

use std::path::{Path, PathBuf};

/// Whether one of the files that Cargo reads in that folder names a linker for the target. Cargo
/// has no stable command that tells.
pub(super) fn is_set(triple: &str, folder: &Path) -> bool {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    folder
        .ancestors()
        .map(|folder| folder.join(".cargo"))
        .chain(cargo_home)
        // The name without the ending is the older one, which Cargo prefers.
        .flat_map(|folder| [folder.join("config"), folder.join("config.toml")])
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .any(|text| names_linker(&text, triple))
}

/// Whether the text of a configuration names one. A `cfg(..)` may be about the target: whoever
/// writes a linker there is believed to know.
fn names_linker(text: &str, triple: &str) -> bool {
    let Ok(configuration) = text.parse::<toml::Table>() else {
        // Cargo itself says what is wrong with it.
        return false;
    };
    let targets = configuration.get("target").and_then(|it| it.as_table());
    targets.into_iter().flatten().any(|(key, settings)| {
        (key == triple || key.starts_with("cfg(")) && settings.get("linker").is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linkers_of_the_target() {
        let is_named = |text: &str| names_linker(text, "aarch64-unknown-linux-gnu");
        assert!(is_named(
            "[target.aarch64-unknown-linux-gnu]\nlinker = \"l\""
        ));
        assert!(is_named(
            "target.'cfg(target_os = \"linux\")'.linker = \"l\""
        ));
        assert!(!is_named(
            "[target.x86_64-unknown-linux-gnu]\nlinker = \"l\""
        ));
        assert!(!is_named(
            "[target.aarch64-unknown-linux-gnu]\nrustflags = []"
        ));
        assert!(!is_named("[build]\ntarget = \"a\"") && !is_named("") && !is_named("= ="));
    }

    #[test]
    fn files_of_the_folder_and_of_those_around_it() {
        let outer = tempfile::tempdir().unwrap();
        let project = outer.path().join("a/b");
        std::fs::create_dir_all(&project).unwrap();
        assert!(!is_set("sparc-none", &project));
        std::fs::create_dir(outer.path().join(".cargo")).unwrap();
        let file = outer.path().join(".cargo/config.toml");
        std::fs::write(file, "target.sparc-none.linker = \"l\"").unwrap();
        assert!(is_set("sparc-none", &project));
    }
}
