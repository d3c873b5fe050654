//! The source files of a package.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::Package;

use super::UnreadSource;

/// Folders beside `src` whose files are not linked into programs.
const NOT_LINKED: [&str; 4] = ["benches", "examples", "target", "tests"];

/// The source files beside and below the roots of the package's library and programs, sorted. Modules that
/// `#[path]` finds elsewhere are not among them.
pub(super) fn of(package: &Package, unread: &mut BTreeSet<UnreadSource>) -> BTreeSet<PathBuf> {
    let root = package
        .manifest_path
        .parent()
        .map(|path| path.as_std_path());
    let mut files = BTreeSet::new();
    let linked = package.targets.iter().filter(|target| {
        !(target.is_test() || target.is_bench() || target.is_example() || target.is_custom_build())
    });
    let folders: BTreeSet<&Path> = linked
        .filter_map(|target| target.src_path.parent())
        .map(|folder| folder.as_std_path())
        .collect();
    for folder in folders {
        collect(folder, root, &mut files, unread);
    }
    files
}

fn collect(
    folder: &Path,
    root: Option<&Path>,
    files: &mut BTreeSet<PathBuf>,
    unread: &mut BTreeSet<UnreadSource>,
) {
    let problem = |error: std::io::Error| UnreadSource {
        file: folder.to_owned(),
        problem: error.to_string(),
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            unread.insert(problem(error));
            return;
        }
    };
    for entry in entries {
        let (path, kind) = match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
            Ok(entry) => entry,
            Err(error) => {
                unread.insert(problem(error));
                continue;
            }
        };
        // A folder that is a link may lead back to where it is; sources have no use for those.
        if kind.is_dir() {
            let name = path.file_name().unwrap_or_default();
            let is_linked = root != Some(folder) || !NOT_LINKED.iter().any(|other| name == *other);
            if is_linked && !path.join("Cargo.toml").exists() {
                collect(&path, root, files, unread);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let files = [
            "main.rs",
            "deeper/tests/module.rs",
            "notes.md",
            "tests/it.rs",
            "target/debug/build/out.rs",
            "other/Cargo.toml",
            "other/src/lib.rs",
        ];
        for file in files {
            let file = root.join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        let (mut found, mut unread) = (BTreeSet::new(), BTreeSet::new());
        collect(root, Some(root), &mut found, &mut unread);
        let expected = ["deeper/tests/module.rs", "main.rs"].map(|file| root.join(file));
        assert_eq!(found, expected.into());
        assert!(unread.is_empty(), "{unread:?}");
    }

    #[test]
    fn no_folder() {
        let (mut found, mut unread) = (BTreeSet::new(), BTreeSet::new());
        let folder = Path::new("/nonexistent/src");
        collect(folder, None, &mut found, &mut unread);
        assert_eq!(unread.first().unwrap().file, folder);
    }
}
