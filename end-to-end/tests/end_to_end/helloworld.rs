//! Builds of `examples/helloworld`.

use std::path::PathBuf;

use crate::cargo;

/// How it is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// For development: no link-time optimisation beyond a crate, symbols.
    Dev,
    /// As `Dev`, with link-time optimisation off altogether, and stripped.
    DevStripped,
    /// As deployed: fat link-time optimisation, stripped.
    Release,
    /// As `Release`, with thin link-time optimisation, and symbols.
    ReleaseThinWithSymbols,
}

impl Build {
    /// Every kind: each mode of link-time optimisation, and both with symbols and without.
    pub(crate) const ALL: [Build; 4] = [
        Build::Dev,
        Build::DevStripped,
        Build::Release,
        Build::ReleaseThinWithSymbols,
    ];

    /// The executable. The arguments behind `--` reach the last step alone, so
    /// that two builds of the dependencies do for all.
    pub(crate) fn executable(self) -> PathBuf {
        let (arguments, built, name): (&[&str], _, _) = match self {
            Build::Dev => (&[], "debug/helloworld", "helloworld-dev"),
            Build::DevStripped => (
                &["--", "-C", "lto=off", "-C", "strip=symbols"],
                "debug/helloworld",
                "helloworld-dev-stripped",
            ),
            Build::Release => (&["--release"], "release/helloworld", "helloworld-release"),
            Build::ReleaseThinWithSymbols => (
                &["--release", "--", "-C", "lto=thin", "-C", "strip=none"],
                "release/helloworld",
                "helloworld-release-thin",
            ),
        };
        let mut command = cargo::cargo(cargo::workspace());
        command
            .args(["rustc", "--locked", "--package", "helloworld"])
            .args(arguments);
        cargo::build(&mut command, cargo::target_directory(), built, name)
    }
}
