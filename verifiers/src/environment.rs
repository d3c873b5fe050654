//! Virtual environments of Python.

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A virtual environment below the target directory, which holds what its requirements list.
#[derive(Clone, Debug)]
pub struct Environment {
    folder: PathBuf,
    requirements: String,
    /// What makes it.
    interpreter: PathBuf,
}

/// Why there is no virtual environment.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    /// There is no Python, or no place for it.
    #[error(
        "no virtual environment can be made in `{folder}`, for which Python 3.10 or newer with venv and pip is \
         needed (on Debian and Ubuntu, the packages python3 and python3-venv): {reason}"
    )]
    Create {
        /// Where it was to be.
        folder: String,
        /// Why.
        reason: String,
    },
    /// PyPI cannot be reached, or does not have these releases for this Python.
    #[error(
        "`{folder}` cannot be filled from PyPI, for which the network and Python 3.10 or newer are needed: {reason}"
    )]
    Install {
        /// The virtual environment.
        folder: String,
        /// Why.
        reason: String,
    },
}

impl Environment {
    /// The environment of that name, with these packages: the text of a `requirements.txt`.
    pub fn new(name: &str, requirements: &str) -> Environment {
        Environment::at(target_directory().join(name), requirements)
    }

    fn at(folder: PathBuf, requirements: &str) -> Environment {
        Environment {
            folder,
            requirements: requirements.to_owned(),
            interpreter: "python3".into(),
        }
    }

    /// The environment, made by another Python than the one that is called `python3`.
    pub(crate) fn with_interpreter(mut self, interpreter: PathBuf) -> Environment {
        self.interpreter = interpreter;
        self
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its interpreter.
    pub fn python(&self) -> PathBuf {
        self.folder.join("bin").join("python")
    }

    /// Whether exactly these packages are installed.
    pub fn is_ready(&self) -> bool {
        // Without an interpreter when the system has another one since.
        self.python().exists()
            && fs::read_to_string(self.installed()).is_ok_and(|it| it == self.requirements)
    }

    /// Installs the packages, unless they are there. Everything else in the environment is removed.
    ///
    /// # Errors
    ///
    /// When there is no Python, or no way to PyPI.
    pub fn prepare(&self) -> Result<(), EnvironmentError> {
        if self.is_ready() {
            return Ok(());
        }
        let folder = self.folder.display().to_string();
        let create = |reason| EnvironmentError::Create {
            folder: folder.clone(),
            reason,
        };
        let unusable = |error: io::Error| create(error.to_string());
        if let Some(parent) = self.folder.parent() {
            fs::create_dir_all(parent).map_err(unusable)?;
        }
        // Until the end of this function, nobody else installs here.
        let lock = File::create(self.folder.with_extension("lock")).map_err(unusable)?;
        lock.lock().map_err(unusable)?;
        if self.is_ready() {
            return Ok(());
        }
        eprintln!("installing Python packages into {folder}");
        finish(
            Command::new(&self.interpreter)
                .args(["-m", "venv", "--clear"])
                .arg(&self.folder),
        )
        .map_err(create)?;
        let wanted = self.folder.join("wanted-requirements.txt");
        fs::write(&wanted, &self.requirements).map_err(unusable)?;
        finish(
            Command::new(self.python())
                .args(["-m", "pip", "install", "--quiet"])
                .args(["--disable-pip-version-check", "--requirement"])
                .arg(&wanted),
        )
        .map_err(|reason| EnvironmentError::Install {
            folder: folder.clone(),
            reason,
        })?;
        fs::rename(&wanted, self.installed()).map_err(unusable)
    }

    /// The requirements as they were when all of them had been installed.
    fn installed(&self) -> PathBuf {
        self.folder.join("installed-requirements.txt")
    }
}

/// Where Cargo builds the workspace.
pub fn target_directory() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.parent().unwrap_or(package);
    root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Runs a command to its good end; the reason of another end is the last thing that it said.
pub(crate) fn finish(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        let program = command.get_program().display();
        format!("`{program}` cannot be started ({error})")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let last = [&output.stderr, &output.stdout].into_iter().find_map(|it| {
        let text = String::from_utf8_lossy(it);
        let line = text.lines().rfind(|line| !line.trim().is_empty())?.trim();
        Some(line.strip_prefix("ERROR: ").unwrap_or(line).to_owned())
    });
    Err(last.unwrap_or_else(|| output.status.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_reason() {
        let finished = |script: &str| finish(Command::new("sh").args(["-c", script]));
        let reason = |script: &str| finished(script).unwrap_err();
        assert_eq!(finished("echo no matter >&2"), Ok(()));
        assert_eq!(
            reason("echo WARNING: slow >&2; echo ERROR: no network >&2; exit 1"),
            "no network"
        );
        assert_eq!(
            reason("echo apt install python3-venv; echo; exit 1"),
            "apt install python3-venv"
        );
        assert_eq!(reason("exit 3"), "exit status: 3");
        let missing = finish(&mut Command::new("/no/such/python3")).unwrap_err();
        assert_eq!(
            missing,
            "`/no/such/python3` cannot be started (No such file or directory (os error 2))"
        );
    }

    #[test]
    fn what_is_missing_is_one_sentence() {
        let error = EnvironmentError::Create {
            folder: "target/venv".to_owned(),
            reason: "`python3` cannot be started".to_owned(),
        };
        assert_eq!(
            error.to_string(),
            "no virtual environment can be made in `target/venv`, for which Python 3.10 or newer with venv and pip is \
             needed (on Debian and Ubuntu, the packages python3 and python3-venv): `python3` cannot be started"
        );
        let error = EnvironmentError::Install {
            folder: "target/venv".to_owned(),
            reason: "No matching distribution found".to_owned(),
        };
        assert_eq!(
            error.to_string(),
            "`target/venv` cannot be filled from PyPI, for which the network and Python 3.10 or newer are needed: No \
             matching distribution found"
        );
    }

    /// Without packages, so that nothing is downloaded.
    #[test]
    fn an_environment_is_made_when_it_is_missing_or_changed() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("venv");
        let broken = Environment::at(folder.clone(), "no requirement at all\n");
        let error = broken.prepare().unwrap_err();
        assert!(
            matches!(error, EnvironmentError::Install { .. }),
            "{error:?}"
        );
        assert!(!broken.is_ready());

        let stray = folder.join("stray");
        fs::write(&stray, "").unwrap();
        let first = Environment::at(folder.clone(), "# nothing\n");
        assert!(!first.is_ready());
        first.prepare().unwrap();
        assert!(first.is_ready());
        assert!(!stray.exists());

        fs::write(&stray, "").unwrap();
        first.prepare().unwrap();
        assert!(stray.exists(), "made anew, although nothing has changed");

        assert!(!Environment::at(folder, "# nothing else\n").is_ready());
        fs::remove_file(first.python()).unwrap();
        assert!(!first.is_ready());
    }

    #[test]
    fn a_place_that_cannot_be_is_an_error() {
        let nowhere = Environment::at("/proc/no/such/venv".into(), "");
        let error = nowhere.prepare().unwrap_err();
        assert!(
            matches!(error, EnvironmentError::Create { .. }),
            "{error:?}"
        );
    }
}
