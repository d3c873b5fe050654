//! Programs that the system's package manager has.

use std::{io::ErrorKind, process::Command};

use crate::{command, failure::Failure};

/// A program, which is in the Debian and Ubuntu package of the same name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DebianPackage {
    /// The program's name, and the package's.
    pub(crate) name: &'static str,
    /// What it is needed for, as a sentence goes on.
    pub(crate) purpose: &'static str,
}

impl DebianPackage {
    /// Makes sure that the program is there. On a machine without it, where this program may do so, it
    /// installs the package.
    pub(crate) fn ensure(self) -> Result<(), Failure> {
        if self.is_there() {
            return Ok(());
        }
        let install = || {
            let mut apt = Command::new("apt-get");
            apt.args(["install", "--yes", "--no-install-recommends", self.name])
                .env("DEBIAN_FRONTEND", "noninteractive");
            command::run(&mut apt)
        };
        let installed = install().or_else(|_| {
            // A new machine has no list of packages yet.
            command::run(Command::new("apt-get").arg("update"))?;
            install()
        });
        let remedy = format!(
            "{} {} (on Debian and Ubuntu, `apt-get install {0}` installs it)",
            self.name, self.purpose
        );
        match installed {
            Ok(()) if self.is_there() => Ok(()),
            Ok(()) => Err(Failure::Unexpected(format!(
                "`{}` cannot be started; {remedy}",
                self.name
            ))),
            Err(failure) => Err(Failure::Unexpected(format!("{failure}; {remedy}"))),
        }
    }

    /// Whether it starts: some programs call it a failure to be asked for their version.
    fn is_there(self) -> bool {
        let started = Command::new(self.name).arg("--version").output();
        !matches!(started, Err(error) if error.kind() == ErrorKind::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_installed() {
        let package = |name| DebianPackage {
            name,
            purpose: "tests this",
        };
        package("cargo").ensure().unwrap();
        assert!(!package("no-such-program-anywhere").is_there());
    }
}
