//! What is packed beside the executable: files of the project that the configuration lists.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};

use chalice_config::PackageFiles;

/// The key of the configuration.
const KEY: &str = "package_files";

/// A file for the package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PackedFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// How large it is.
    pub(super) bytes: u64,
    /// Whether it is a program.
    pub(super) is_executable: bool,
}

/// The files by their paths in the package, with `/` between the parts.
pub(super) type PackageContents = BTreeMap<String, PackedFile>;

/// Why something cannot be packed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ContentsError {
    /// It is not there, or not for this user.
    #[error("`{KEY}` in {} lists `{listed}`, and {} cannot be read: {reason}", chalice_config::PATH, .path.display())]
    Unreadable {
        /// What the configuration says.
        listed: String,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        reason: io::Error,
    },
    /// A symbolic link.
    #[error(
        "{} is a symbolic link, and `{KEY}` takes what is in the project alone, since a link can lead out of it: list \
         what it refers to, or copy that into the project",
        .path.display()
    )]
    SymbolicLink {
        /// The link.
        path: PathBuf,
    },
    /// Neither file nor folder.
    #[error("{} is neither a file nor a folder, so it cannot be in a deployment package of AWS Lambda", .path.display())]
    Special {
        /// The socket, pipe or device.
        path: PathBuf,
    },
    /// A name that the package cannot have.
    #[error(
        "{} has a name that a deployment package of AWS Lambda cannot hold: names there are UTF-8, without `\\` and control \
         characters; rename it, or list what is needed beside it",
        .path.display()
    )]
    Name {
        /// The file or folder.
        path: PathBuf,
    },
}

/// Finds the files that are listed, folders with all that is in them.
pub(super) fn collect(
    project: &Path,
    listed: &PackageFiles,
) -> Result<PackageContents, ContentsError> {
    let mut contents = PackageContents::new();
    for file in listed.iter() {
        let mut collection = Collection {
            listed: file.as_str(),
            contents: &mut contents,
        };
        let (mut path, mut name) = (project.to_owned(), String::new());
        let mut metadata = None;
        // Each part on the way may be a link.
        for part in Path::new(file.as_str()).components() {
            path.push(part);
            let Component::Normal(part) = part else {
                return Err(ContentsError::Name { path });
            };
            name = collection.name(&name, part.to_str(), &path)?;
            metadata = Some(collection.metadata(&path)?);
        }
        if let Some(metadata) = metadata {
            collection.add(path, name, &metadata)?;
        }
    }
    Ok(contents)
}

struct Collection<'a> {
    listed: &'a str,
    contents: &'a mut PackageContents,
}

impl Collection<'_> {
    fn add(
        &mut self,
        path: PathBuf,
        name: String,
        metadata: &Metadata,
    ) -> Result<(), ContentsError> {
        if metadata.is_file() {
            let file = PackedFile {
                bytes: metadata.len(),
                is_executable: is_executable(metadata),
                path,
            };
            self.contents.insert(name, file);
            return Ok(());
        }
        if !metadata.is_dir() {
            return Err(ContentsError::Special { path });
        }
        let entries = fs::read_dir(&path).map_err(|reason| self.unreadable(&path, reason))?;
        for entry in entries {
            let entry = entry.map_err(|reason| self.unreadable(&path, reason))?;
            let path = entry.path();
            let metadata = self.metadata(&path)?;
            let name = self.name(&name, entry.file_name().to_str(), &path)?;
            self.add(path, name, &metadata)?;
        }
        Ok(())
    }

    fn metadata(&self, path: &Path) -> Result<Metadata, ContentsError> {
        let metadata =
            fs::symlink_metadata(path).map_err(|reason| self.unreadable(path, reason))?;
        match metadata.is_symlink() {
            true => Err(ContentsError::SymbolicLink {
                path: path.to_owned(),
            }),
            false => Ok(metadata),
        }
    }

    /// The path in the package of what has this name in that folder.
    fn name(&self, folder: &str, name: Option<&str>, path: &Path) -> Result<String, ContentsError> {
        let name = name
            .filter(|name| !name.contains(|char: char| char == '\\' || char.is_control()))
            .ok_or_else(|| ContentsError::Name {
                path: path.to_owned(),
            })?;
        Ok(match folder {
            "" => name.to_owned(),
            _ => format!("{folder}/{name}"),
        })
    }

    fn unreadable(&self, path: &Path, reason: io::Error) -> ContentsError {
        ContentsError::Unreadable {
            listed: self.listed.to_owned(),
            path: path.to_owned(),
            reason,
        }
    }
}

#[cfg(unix)]
fn is_executable(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

/// Other systems have no such mark.
#[cfg(not(unix))]
fn is_executable(_metadata: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use chalice_config::PackageFile;

    use super::*;

    fn listed(paths: &[&str]) -> PackageFiles {
        let paths = paths.iter().copied();
        paths.map(|path| PackageFile::new(path).unwrap()).collect()
    }

    fn project() -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("templates/order.html", "<p>"),
            ("templates/mail/a.txt", "hello"),
            ("data.json", "{}"),
            ("other.txt", ""),
        ] {
            let file = project.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        project
    }

    #[test]
    fn files_and_all_of_folders() {
        let project = project();
        fs::create_dir(project.path().join("empty")).unwrap();
        let contents = collect(
            project.path(),
            &listed(&["templates/", "data.json", "templates/mail", "empty"]),
        )
        .unwrap();
        let names: Vec<&str> = contents.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["data.json", "templates/mail/a.txt", "templates/order.html"]
        );
        assert_eq!(contents["templates/mail/a.txt"].bytes, 5);
        assert_eq!(contents["data.json"].path, project.path().join("data.json"));
        assert!(collect(project.path(), &listed(&[])).unwrap().is_empty());
    }

    #[test]
    fn what_is_not_there() {
        let project = project();
        let error = collect(project.path(), &listed(&["tempaltes"])).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("`package_files` in .chalice/config.json lists `tempaltes`, and "),
            "{text}"
        );
        assert!(collect(project.path(), &listed(&["data.json/a"])).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused_wherever_they_are() {
        use std::os::unix::fs::symlink;
        let project = project();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "").unwrap();
        symlink(outside.path(), project.path().join("out")).unwrap();
        symlink("data.json", project.path().join("templates/mail/link")).unwrap();
        symlink("nowhere", project.path().join("broken")).unwrap();
        for (path, link) in [
            ("out", "out"),
            ("out/secret", "out"),
            ("templates", "templates/mail/link"),
            ("templates/mail/link", "templates/mail/link"),
            ("broken", "broken"),
        ] {
            let error = collect(project.path(), &listed(&[path])).unwrap_err();
            let link = project.path().join(link).display().to_string();
            assert!(
                error
                    .to_string()
                    .starts_with(&format!("{link} is a symbolic link")),
                "{error}"
            );
        }
        // The project itself may be behind one.
        let alias = outside.path().join("project");
        symlink(project.path(), &alias).unwrap();
        assert_eq!(collect(&alias, &listed(&["data.json"])).unwrap().len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn programs_sockets_and_names() {
        use std::os::unix::fs::PermissionsExt as _;
        let project = project();
        let script = project.path().join("templates/run.sh");
        fs::write(&script, "").unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
        let contents = collect(project.path(), &listed(&["templates"])).unwrap();
        assert!(contents["templates/run.sh"].is_executable);
        assert!(!contents["templates/order.html"].is_executable);

        fs::write(project.path().join("templates/mail/a\\b"), "").unwrap();
        let error = collect(project.path(), &listed(&["templates"])).unwrap_err();
        assert!(matches!(error, ContentsError::Name { .. }), "{error}");

        let socket = project.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let error = collect(project.path(), &listed(&["socket"])).unwrap_err();
        assert!(matches!(error, ContentsError::Special { .. }), "{error}");
    }
}
