//! Packages of npm.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use crate::environment::{finish, target_directory};

/// A folder below the target directory, which holds the packages that its `package-lock.json` lists: all of them, so
/// that every run has the same versions.
#[derive(Clone, Debug)]
pub struct NpmPackages {
    /// What they are, for messages.
    what: &'static str,
    /// The name of the folder; and of the one in `verifiers/` that has its files.
    name: &'static str,
    package_lock: &'static str,
    /// The files beside it.
    files: &'static [(&'static str, &'static str)],
}

/// Why packages of npm are not there.
#[derive(Debug, thiserror::Error)]
pub enum NpmError {
    /// They have not been installed.
    #[error(
        "{what} is not installed in `{folder}` as `verifiers/{name}` wants it: run `cargo xtask verifiers`"
    )]
    NotInstalled {
        /// What.
        what: &'static str,
        /// Its folder.
        folder: String,
        /// The folder that says which packages.
        name: &'static str,
    },
    /// There is no Node.js, or no way to the registry.
    #[error(
        "{what} cannot be installed in `{folder}`, for which the network and Node.js 20 or newer with npm are needed: \
         {reason}"
    )]
    Install {
        /// What.
        what: &'static str,
        /// Its folder.
        folder: String,
        /// Why.
        reason: String,
    },
    /// The folder cannot be written.
    #[error("the folder `{folder}` of {what} cannot be written: {reason}")]
    Write {
        /// Of what.
        what: &'static str,
        /// The folder.
        folder: String,
        /// Why.
        reason: io::Error,
    },
}

impl NpmPackages {
    /// What `package_lock` lists, with these files, in the folder of that name.
    pub(crate) const fn new(
        what: &'static str,
        name: &'static str,
        package_lock: &'static str,
        files: &'static [(&'static str, &'static str)],
    ) -> NpmPackages {
        NpmPackages {
            what,
            name,
            package_lock,
            files,
        }
    }

    /// Where they are.
    pub fn folder(&self) -> PathBuf {
        target_directory().join(self.name)
    }

    /// Whether exactly these packages are installed.
    pub fn is_ready(&self) -> bool {
        fs::read_to_string(self.installed()).is_ok_and(|it| it == self.package_lock)
    }

    /// Installs the packages, unless they are there. None of their own scripts is run.
    ///
    /// # Errors
    ///
    /// When there is no Node.js, or no way to the registry of npm.
    pub fn prepare(&self) -> Result<(), NpmError> {
        let _lock = self.lock()?;
        if self.is_ready() {
            return Ok(());
        }
        self.write_files()?;
        let folder = self.folder();
        eprintln!("installing npm packages into {}", folder.display());
        finish(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .args(["--loglevel", "error"])
                .current_dir(&folder),
        )
        .map_err(|reason| NpmError::Install {
            what: self.what,
            folder: folder.display().to_string(),
            reason,
        })?;
        fs::write(self.installed(), self.package_lock).map_err(|reason| self.unwritable(reason))
    }

    /// Whether they are installed, with what to do if not.
    pub(crate) fn check(&self) -> Result<(), NpmError> {
        match self.is_ready() {
            true => Ok(()),
            false => Err(NpmError::NotInstalled {
                what: self.what,
                folder: self.folder().display().to_string(),
                name: self.name,
            }),
        }
    }

    /// The folder with its files, for whoever has it alone until the lock is dropped.
    pub(crate) fn ready(&self) -> Result<Lock, NpmError> {
        self.check()?;
        let lock = self.lock()?;
        self.write_files()?;
        Ok(lock)
    }

    fn write_files(&self) -> Result<(), NpmError> {
        let files = self.files.iter();
        for (name, text) in files.chain(&[("package-lock.json", self.package_lock)]) {
            write(&self.folder().join(name), text).map_err(|reason| self.unwritable(reason))?;
        }
        Ok(())
    }

    /// Until the file is dropped, nobody else installs or writes here.
    fn lock(&self) -> Result<Lock, NpmError> {
        let folder = self.folder();
        let lock = || {
            fs::create_dir_all(&folder)?;
            let lock = File::create(folder.with_extension("lock"))?;
            lock.lock()?;
            Ok(lock)
        };
        match lock() {
            Ok(lock) => Ok(Lock { _file: lock }),
            Err(reason) => Err(self.unwritable(reason)),
        }
    }

    fn unwritable(&self, reason: io::Error) -> NpmError {
        NpmError::Write {
            what: self.what,
            folder: self.folder().display().to_string(),
            reason,
        }
    }

    /// The list of packages as it was when all of them had been installed.
    fn installed(&self) -> PathBuf {
        self.folder().join("installed-package-lock.json")
    }
}

/// The right to write in a folder.
pub(crate) struct Lock {
    _file: File,
}

/// Leaves a file alone that is as it should be: somebody may be reading it.
fn write(path: &Path, text: &str) -> io::Result<()> {
    match fs::read(path) {
        Ok(bytes) if bytes == text.as_bytes() => Ok(()),
        _ => fs::write(path, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_says_the_command_that_installs_it() {
        let missing = NpmPackages::new("a tool", "no-such-packages", "{}", &[]);
        let Err(error) = missing.ready() else {
            panic!("it is there");
        };
        let folder = missing.folder();
        assert_eq!(
            error.to_string(),
            format!(
                "a tool is not installed in `{}` as `verifiers/no-such-packages` wants it: run `cargo xtask verifiers`",
                folder.display()
            )
        );
        assert!(!folder.exists());
    }
}
