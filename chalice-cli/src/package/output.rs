//! Where the files of a package go.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::DEPLOYMENT_ZIP;
use super::single_file;
use crate::Error;

/// `OUT`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Output<'a> {
    /// A folder for both files.
    Folder(&'a Path),
    /// An archive of both.
    Archive(&'a Path),
}

impl Output<'_> {
    /// Refuses a place where the files cannot be, which is known before the app is built. `name` is that of the template.
    pub(super) fn check(self, name: &str) -> Result<(), Error> {
        let (folder, files) = match self {
            Output::Folder(folder) => (
                Some(folder),
                vec![folder.join(name), folder.join(DEPLOYMENT_ZIP)],
            ),
            Output::Archive(file) => (file.parent(), vec![file.to_owned()]),
        };
        if let Some(folder) = folder
            && let Some(file) = folder.ancestors().find(|it| it.exists())
            && !file.is_dir()
        {
            let reason = match self {
                Output::Folder(_) => {
                    "the template and deployment.zip are written into a folder: name one, or take `--single-file` for an archive of both"
                }
                Output::Archive(_) => "an archive cannot be in it: name a file in a folder",
            };
            return Err(format!(
                "cannot write {}: {} is no folder, and {reason}",
                folder.display(),
                file.display()
            )
            .into());
        }
        // Files are put in the place of files: nothing else is replaced, such as a device.
        let other = files.iter().find(|file| file.exists() && !file.is_file());
        match other {
            None => Ok(()),
            Some(path) => Err(format!(
                "cannot write {}: {} is there, and a file has to be: remove it, or name another place",
                path.display(),
                match path.is_dir() {
                    true => "a folder",
                    false => "something that is no file",
                }
            )
            .into()),
        }
    }

    /// Writes the template of that name and the package. Both are there in full, or the first that cannot be
    /// written is an error and what was there before stays.
    pub(super) fn write(self, name: &str, template: &str, zip: &Path) -> Result<(), Error> {
        let (folder, target) = match self {
            Output::Folder(folder) => (folder, folder.join(name)),
            Output::Archive(file) => (file.parent().unwrap_or(Path::new("")), file.to_owned()),
        };
        let unwritable = |path: &Path, error| format!("cannot write {}: {error}", path.display());
        // The folder of a file without one is this.
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
        let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::new();
        let mut add = |path: PathBuf, contents: &dyn Fn(&mut File) -> io::Result<()>| {
            temporary(folder)
                .and_then(|mut file| contents(file.as_file_mut()).map(|()| file))
                .map_err(|error| unwritable(&path, error))
                .map(|file| written.push((file, path)))
        };
        match self {
            Output::Folder(folder) => {
                add(folder.join(DEPLOYMENT_ZIP), &|file| {
                    io::copy(&mut File::open(zip)?, file).map(drop)
                })?;
                add(target, &|file| file.write_all(template.as_bytes()))?;
            }
            Output::Archive(_) => {
                add(target, &|file| {
                    single_file::write(file, name, template, zip)
                })?;
            }
        }
        for (file, path) in written {
            file.persist(&path)
                .map_err(|error| unwritable(&path, error.error))?;
        }
        Ok(())
    }
}

/// A file that gets its name when it is whole, with the permissions that any new file has.
pub(crate) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(result: Result<(), Error>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn places_where_nothing_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "kept").unwrap();
        for path in [file.clone(), file.join("deep/er")] {
            let error = error(Output::Folder(&path).check("sam.json"));
            assert!(error.starts_with(&format!("cannot write {}: ", path.display())));
            assert!(error.contains("`--single-file`"), "{error}");
        }
        let within = file.join("app.zip");
        let reason = error(Output::Archive(&within).check("sam.json"));
        assert!(reason.contains("is no folder"), "{reason}");
        let reason = error(Output::Archive(folder.path()).check("sam.json"));
        assert!(reason.contains("a folder is there"), "{reason}");
        fs::create_dir(folder.path().join("sam.json")).unwrap();
        let reason = error(Output::Folder(folder.path()).check("sam.json"));
        assert!(reason.contains("a folder is there"), "{reason}");
        Output::Folder(folder.path()).check("sam.yaml").unwrap();
        Output::Folder(&folder.path().join("a/b"))
            .check("sam.json")
            .unwrap();
        Output::Archive(&file).check("sam.json").unwrap();
        Output::Archive(Path::new("app.zip"))
            .check("sam.json")
            .unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_not_replaced() {
        let error = error(Output::Archive(Path::new("/dev/null")).check("sam.json"));
        assert!(error.contains("something that is no file"), "{error}");
    }

    #[test]
    fn nothing_is_written_by_halves() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join(DEPLOYMENT_ZIP), "old").unwrap();
        let missing = folder.path().join("missing.zip");
        Output::Folder(&out)
            .write("sam.json", "{}", &missing)
            .unwrap_err();
        let archive = out.join("app.zip");
        Output::Archive(&archive)
            .write("sam.json", "{}", &missing)
            .unwrap_err();
        let names: Vec<_> = fs::read_dir(&out)
            .unwrap()
            .map(|it| it.unwrap().file_name())
            .collect();
        assert_eq!(names, [DEPLOYMENT_ZIP]);
        assert_eq!(fs::read_to_string(out.join(DEPLOYMENT_ZIP)).unwrap(), "old");

        let zip = folder.path().join("new.zip");
        fs::write(&zip, "new").unwrap();
        Output::Folder(&out).write("sam.json", "{}", &zip).unwrap();
        assert_eq!(fs::read_to_string(out.join(DEPLOYMENT_ZIP)).unwrap(), "new");
        assert_eq!(fs::read_to_string(out.join("sam.json")).unwrap(), "{}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(&out.join("sam.json")), mode(&zip));
        }
    }
}
