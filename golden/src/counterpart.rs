//! The apps of a folder, as programs.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use chalice_core::manifest::model::{Manifest, ReadError};

/// An app's counterpart in Rust, in a folder beside what AWS Chalice has written.
#[derive(Clone, Debug)]
pub struct Counterpart {
    /// The name of the app's folder.
    pub name: String,
    /// The app's folder.
    pub directory: PathBuf,
    program: Program,
}

#[derive(Clone, Debug)]
enum Program {
    /// A file that is a whole program.
    File(PathBuf),
    /// A package.
    Package(PathBuf),
}

/// Why there is no manifest of an app.
#[derive(Debug, thiserror::Error)]
pub enum CounterpartError {
    /// The folder has no apps.
    #[error(
        "{} has no folder with `out` and a counterpart, app.rs or Cargo.toml: is it laid out like golden/?",
        .0.display()
    )]
    None(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        reason: io::Error,
    },
    /// Cargo could not be started.
    #[error("Cargo could not be started: {0}")]
    Cargo(#[source] io::Error),
    /// The app does not compile.
    #[error("its counterpart cannot be built:\n{0}")]
    Build(String),
    /// It has no manifest.
    #[error(transparent)]
    Manifest(#[from] ReadError),
}

impl Counterpart {
    /// The counterparts in the folders of a folder, by name.
    ///
    /// # Errors
    ///
    /// When there are none.
    pub fn find(folder: &Path) -> Result<Vec<Counterpart>, CounterpartError> {
        let unreadable = |reason| CounterpartError::File {
            path: folder.to_owned(),
            reason,
        };
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let directory = entry.path().canonicalize().map_err(unreadable)?;
            if !directory.join("out").is_dir() {
                continue;
            }
            let program = [
                directory.join("app.rs"),
                directory.join("Cargo.toml"),
                directory.join("main.rs"),
            ]
            .into_iter()
            .find(|path| path.is_file());
            let Some(program) = program else {
                continue;
            };
            found.push(Counterpart {
                name: entry.file_name().to_string_lossy().into_owned(),
                directory,
                program: match program.ends_with("Cargo.toml") {
                    true => Program::Package(program),
                    false => Program::File(program),
                },
            });
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        match found.is_empty() {
            true => Err(CounterpartError::None(folder.to_owned())),
            false => Ok(found),
        }
    }

    /// Builds the app, and reads its manifest as the tooling does. `all` are the apps that are built in one
    /// workspace, so that they share their dependencies.
    ///
    /// # Errors
    ///
    /// When it cannot be built, or has no manifest.
    pub fn manifest(&self, all: &[Counterpart]) -> Result<Manifest, CounterpartError> {
        let manifest_path = match &self.program {
            Program::Package(path) => path.clone(),
            Program::File(_) => workspace(all)?,
        };
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args([
                "run",
                "--quiet",
                "--package",
                "chalice-cli",
                "--manifest-path",
            ])
            .arg(root().join("Cargo.toml"))
            .args(["--", "chalice", "manifest", "--manifest-path"])
            .arg(manifest_path);
        if let Program::File(_) = &self.program {
            command.args(["--package", &package_name(&self.name)]);
        }
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            // Of the package that this program belongs to: crates that read them would be built anew.
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(name);
            }
        }
        command.env("CARGO_TARGET_DIR", root().join("target"));
        command.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
        let output = command.output().map_err(CounterpartError::Cargo)?;
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            return Err(CounterpartError::Build(error.into_owned()));
        }
        Ok(Manifest::from_json(&output.stdout)?)
    }
}

/// The root of the project.
fn root() -> &'static Path {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"));
    directory.parent().unwrap_or(directory)
}

/// The package of a folder of that name, which may begin with a digit.
fn package_name(folder: &str) -> String {
    let name: String = folder
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || it == '-' {
                it
            } else {
                '_'
            }
        })
        .collect();
    format!("app-{name}")
}

/// Writes a workspace in which each of those apps that are files is a package.
fn workspace(all: &[Counterpart]) -> Result<PathBuf, CounterpartError> {
    let folder = root().join("target/golden");
    let mut members = Vec::new();
    for counterpart in all {
        let Program::File(file) = &counterpart.program else {
            continue;
        };
        let name = package_name(&counterpart.name);
        let package = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [[bin]]\nname = {name:?}\npath = {file:?}\n\n[dependencies]\nchalice.workspace = true\n"
        );
        write(&folder.join(&name).join("Cargo.toml"), &package)?;
        members.push(name);
    }
    let manifest = folder.join("Cargo.toml");
    let chalice = root().join("chalice");
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [workspace.dependencies]\nchalice = {{ path = {chalice:?} }}\n"
    );
    write(&manifest, &text)?;
    // With the versions of the project, so that what is built already is used.
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root().join("Cargo.lock"), &lock)
            .map_err(|reason| CounterpartError::File { path: lock, reason })?;
    }
    Ok(manifest)
}

/// Writes a file, if it is not what it would be: Cargo looks at its time.
fn write(path: &Path, text: &str) -> Result<(), CounterpartError> {
    if fs::read_to_string(path).is_ok_and(|it| it == text) {
        return Ok(());
    }
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text));
    written.map_err(|reason| CounterpartError::File {
        path: path.to_owned(),
        reason,
    })
}
