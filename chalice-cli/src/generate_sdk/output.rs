//! `OUTDIR`: which of its files are replaced.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chalice_client_gen::{File, MARKER, NAMES};
use tempfile::NamedTempFile;

use crate::Error;

/// In how many lines at the beginning of a file its marker is searched.
const MARKED_LINES: usize = 5;

/// A folder in which every file that a client may have is missing, or is one of an earlier run.
#[derive(Debug)]
pub(super) struct Output {
    folder: PathBuf,
}

/// Why a client cannot be written.
#[derive(Debug, thiserror::Error)]
enum OutputError {
    /// Somebody else's file is there.
    #[error(
        "{} is no file that generate-sdk has written, as its first lines would say: nothing was written; remove it, or name \
         another folder", .0.display()
    )]
    Foreign(PathBuf),
    /// A file is where the folder should be.
    #[error("cannot write into {}: {} is no folder, and a client has several files", .folder.display(), .file.display())]
    NoFolder {
        /// `OUTDIR`.
        folder: PathBuf,
        /// What is there.
        file: PathBuf,
    },
    /// The system does not let it be read or written.
    #[error("cannot write {}: {source}", .path.display())]
    Unwritable { path: PathBuf, source: io::Error },
}

impl Output {
    /// Looks at the folder, which need not be there.
    pub(super) fn new(folder: &Path) -> Result<Output, Error> {
        if let Some(file) = folder.ancestors().find(|it| it.exists())
            && !file.is_dir()
        {
            let (folder, file) = (folder.to_owned(), file.to_owned());
            return Err(OutputError::NoFolder { folder, file }.into());
        }
        let output = Output {
            folder: folder.to_owned(),
        };
        for name in NAMES {
            output.is_own(name)?;
        }
        Ok(output)
    }

    /// Whether the file is there, from an earlier run; an error if it is somebody else's.
    fn is_own(&self, name: &str) -> Result<bool, OutputError> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                let mut first = text.lines().take(MARKED_LINES);
                match first.any(|line| line.contains(MARKER)) {
                    true => Ok(true),
                    false => Err(OutputError::Foreign(path)),
                }
            }
            // A link that leads nowhere is somebody's, too.
            Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => Ok(false),
            Err(_) if path.is_dir() || path.is_symlink() => Err(OutputError::Foreign(path)),
            Err(source) => Err(OutputError::Unwritable { path, source }),
        }
    }

    /// Writes the files, and removes those of a client in the other language. No file is there by halves.
    pub(super) fn write(self, files: &[File]) -> Result<(), Error> {
        let unwritable = |path: &Path, source: io::Error| OutputError::Unwritable {
            path: path.to_owned(),
            source,
        };
        // The folder of no name is this one.
        let folder = match self.folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => &self.folder,
        };
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
        let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::new();
        for file in files {
            // While the app was built, somebody may have written it.
            self.is_own(file.name)?;
            let path = folder.join(file.name);
            let temporary =
                temporary(folder, &file.text).map_err(|error| unwritable(&path, error))?;
            written.push((temporary, path));
        }
        for (temporary, path) in written {
            let persisted = temporary.persist(&path);
            persisted.map_err(|error| unwritable(&path, error.error))?;
        }
        for name in NAMES {
            let is_left = files.iter().all(|file| file.name != name);
            if is_left && self.is_own(name)? {
                let path = folder.join(name);
                fs::remove_file(&path).map_err(|error| unwritable(&path, error))?;
            }
        }
        Ok(())
    }
}

/// A file that gets its name when it is whole, with the permissions that any new file has.
fn temporary(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &'static str, text: &str) -> File {
        File {
            name,
            text: format!("// {MARKER}\n{text}"),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_of_earlier_runs_are_replaced() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/sdk");
        let write = |files: &[File]| Output::new(&folder).unwrap().write(files);
        write(&[file("client.ts", "1"), file("tsconfig.json", "1")]).unwrap();
        fs::write(folder.join("own.ts"), "kept").unwrap();
        write(&[file("client.js", "2"), file("client.d.ts", "2")]).unwrap();
        assert_eq!(names(&folder), ["client.d.ts", "client.js", "own.ts"]);
        write(&[file("client.js", "3")]).unwrap();
        assert_eq!(names(&folder), ["client.js", "own.ts"]);
        let text = fs::read_to_string(folder.join("client.js")).unwrap();
        assert!(text.ends_with("\n3"), "{text}");
    }

    #[test]
    fn other_files_are_not() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path();
        let refused = |name: &str| {
            let error = Output::new(folder).unwrap_err().to_string();
            let beginning = format!(
                "{} is no file that generate-sdk has written",
                folder.join(name).display()
            );
            assert!(error.starts_with(&beginning), "{error}");
        };
        fs::write(folder.join("package.json"), "{}").unwrap();
        refused("package.json");
        fs::remove_file(folder.join("package.json")).unwrap();
        fs::create_dir(folder.join("client.js")).unwrap();
        refused("client.js");
        fs::remove_dir(folder.join("client.js")).unwrap();
        // What comes while the app is built is not replaced, and nothing else is written.
        let output = Output::new(folder).unwrap();
        fs::write(folder.join("client.ts"), "mine").unwrap();
        let files = [file("README.md", "1"), file("client.ts", "1")];
        output.write(&files).unwrap_err();
        assert_eq!(names(folder), ["client.ts"]);
        assert_eq!(
            fs::read_to_string(folder.join("client.ts")).unwrap(),
            "mine"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/nowhere/at/all", folder.path().join("client.ts")).unwrap();
        let error = Output::new(folder.path()).unwrap_err().to_string();
        assert!(error.contains("client.ts is no file"), "{error}");
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "").unwrap();
        for out in [path.clone(), path.join("deep/er")] {
            let error = Output::new(&out).unwrap_err().to_string();
            assert!(error.contains("is no folder"), "{error}");
        }
    }
}
