//! The repository that holds the app.

use std::path::{Component, Path, PathBuf};

use crate::Error;
use crate::app_build::App;

/// The folder of the repository: the one above the workspace that Git has made one, or else the workspace's own.
pub(super) fn root(app: &App) -> PathBuf {
    let workspace = app.workspace_root();
    workspace
        .ancestors()
        // A worktree and a submodule have a file of that name.
        .find(|folder| folder.join(".git").exists())
        .unwrap_or(workspace)
        .to_owned()
}

/// The folder as the repository's other users have it: empty for the repository itself, with `/` between its parts.
///
/// # Errors
///
/// When it is not in the repository, or when its name means something to shells, workflows or patterns of files:
/// it stands in all of them.
pub(super) fn folder_within(root: &Path, folder: &Path) -> Result<String, Error> {
    let outside = || {
        format!(
            "{} is not in the repository {}, which is all that a pipeline has",
            folder.display(),
            root.display()
        )
    };
    let relative = folder.strip_prefix(root).map_err(|_| outside())?;
    let mut parts = Vec::new();
    for component in relative.components() {
        let Component::Normal(part) = component else {
            return Err(outside().into());
        };
        let part = part.to_str().ok_or_else(|| {
            format!(
                "the name of the folder {} is no text: rename it",
                folder.display()
            )
        })?;
        let is_taken =
            |character: char| character.is_alphanumeric() || " ._-+@=,~()".contains(character);
        if let Some(character) = part.chars().find(|&it| !is_taken(it)) {
            return Err(format!(
                "{character:?} is in the name of the folder {}, and means something of its own in workflows, shells or \
                 patterns of files: rename it to letters, digits, spaces and `._-+@=,~()`",
                folder.display()
            )
            .into());
        }
        parts.push(part);
    }
    Ok(parts.join("/"))
}

/// The file's path in the repository, whether it is there or not.
///
/// # Errors
///
/// As [`folder_within`].
pub(super) fn path_within(root: &Path, file: &Path) -> Result<String, Error> {
    let absolute = std::path::absolute(file)
        .map_err(|error| format!("cannot find the folder of {}: {error}", file.display()))?;
    // Links above the repository would hide that the file is in it.
    let resolved = absolute
        .ancestors()
        .find_map(|folder| Some((folder, folder.canonicalize().ok()?)))
        .and_then(|(folder, resolved)| Some(resolved.join(absolute.strip_prefix(folder).ok()?)))
        .unwrap_or(absolute);
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    folder_within(&root, &resolved)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_of_the_repository() {
        let within = |folder: &str| folder_within(Path::new("/w"), Path::new(folder));
        assert_eq!(within("/w").unwrap(), "");
        assert_eq!(within("/w/apps/my todo").unwrap(), "apps/my todo");
        for (folder, part) in [
            ("/other", "is not in the repository /w"),
            ("/w/../x", "is not in the repository /w"),
            ("/w/a;b", "';' is in the name"),
            ("/w/${{ github.token }}", "'$' is in the name"),
            ("/w/{{resolve:ssm:x}}", "'{' is in the name"),
            ("/w/a\nb", r"'\n' is in the name"),
            ("/w/it's", r"'\'' is in the name"),
            ("/w/*", "'*' is in the name"),
        ] {
            let error = within(folder).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn files_that_are_not_there_yet() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("ci")).unwrap();
        let path = |file: &str| path_within(root.path(), &root.path().join(file));
        assert_eq!(path("ci/buildspec.yml").unwrap(), "ci/buildspec.yml");
        assert_eq!(path("new/buildspec.yml").unwrap(), "new/buildspec.yml");
        let other = tempfile::tempdir().unwrap();
        path_within(root.path(), &other.path().join("buildspec.yml")).unwrap_err();
    }
}
