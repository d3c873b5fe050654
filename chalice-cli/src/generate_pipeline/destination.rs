//! The files that are written.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::GENERATED;
use crate::Error;
use crate::package::output;

/// A file that is to be written.
#[derive(Debug)]
pub(super) struct Destination {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Writes the files: all of them, or none when one of them cannot be. A file that somebody else has written
/// is replaced only by `force`.
pub(super) fn write(files: &[Destination], force: bool) -> Result<(), Error> {
    for (position, file) in files.iter().enumerate() {
        if files[..position]
            .iter()
            .any(|other| other.path == file.path)
        {
            return Err(format!(
                "{} cannot be two files: name another one for one of them",
                file.path.display()
            )
            .into());
        }
        check(&file.path, force)?;
    }
    let mut written = Vec::new();
    for file in files {
        let unwritable = |error| format!("cannot write {}: {error}", file.path.display());
        let folder = match file.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder).map_err(unwritable)?;
        let mut temporary = output::temporary(folder).map_err(unwritable)?;
        temporary
            .write_all(file.text.as_bytes())
            .map_err(unwritable)?;
        written.push((temporary, &file.path));
    }
    for (file, path) in written {
        file.persist(path)
            .map_err(|error| format!("cannot write {}: {}", path.display(), error.error))?;
    }
    Ok(())
}

fn check(path: &Path, force: bool) -> Result<(), Error> {
    let text = match fs::read(path) {
        Ok(text) => text,
        // A link to nowhere would be replaced by a file.
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => return Ok(()),
        Err(error) => {
            return Err(format!(
                "cannot write {}: what is there cannot be read ({error}); name another file",
                path.display()
            )
            .into());
        }
    };
    if !fs::metadata(path).is_ok_and(|it| it.is_file()) {
        return Err(format!(
            "cannot write {}: something that is no file is there",
            path.display()
        )
        .into());
    }
    let is_generated = String::from_utf8_lossy(&text).contains(GENERATED);
    match force || is_generated {
        true => Ok(()),
        false => Err(format!(
            "{} is there, and was not written by this command, or somebody has taken it over: name another file, or \
             replace it with --force",
            path.display()
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &Path, text: &str) -> Destination {
        Destination {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn only_what_was_generated_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/pipeline.yml");
        let generated = format!("# {GENERATED}.\n");
        write(&[file(&path, &generated)], false).unwrap();
        write(&[file(&path, "taken over")], false).unwrap();
        let error = write(&[file(&path, &generated)], false).unwrap_err();
        assert!(error.to_string().contains("--force"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "taken over");
        write(&[file(&path, "forced")], true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "forced");
    }

    #[test]
    fn all_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("new");
        let own = folder.path().join("own");
        fs::write(&own, "own").unwrap();
        write(&[file(&new, ""), file(&own, "")], false).unwrap_err();
        write(&[file(&new, ""), file(folder.path(), "")], true).unwrap_err();
        let error = write(&[file(&new, ""), file(&new, "")], true).unwrap_err();
        assert!(error.to_string().contains("two files"), "{error}");
        assert!(!new.exists());
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_links_to_nowhere_stay() {
        let error = write(&[file(Path::new("/dev/null"), "")], true).unwrap_err();
        assert!(error.to_string().contains("no file"), "{error}");
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        write(&[file(&link, "")], true).unwrap_err();
        assert!(link.is_symlink());
    }
}
