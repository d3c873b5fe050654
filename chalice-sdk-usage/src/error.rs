//! Why it cannot be said what a program uses.

use std::path::PathBuf;

/// Why it cannot be said which operations a program reaches.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// The executable cannot be opened.
    #[error("cannot read {}: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is no executable that this crate knows.
    #[error("{} is not an executable for Linux (ELF) or macOS (Mach-O): {problem}", .path.display())]
    NotAnExecutable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The executable uses the AWS SDK and tells nothing about how.
    #[error(
        "{} uses the AWS SDK, but it is stripped, and its paths of source files are remapped or left out: which \
         operations its IAM policy has to allow cannot be told; build it with `strip = \"none\"` (the dev profile does)",
        .path.display()
    )]
    NoEvidence {
        /// The file.
        path: PathBuf,
    },
    /// Cargo's metadata do not have the program's package.
    #[error(
        "the output of `cargo metadata` has no package {package} with its dependencies, so that calls of the AWS SDK \
         cannot be told from those that get credentials: run it in the program's workspace, without `--no-deps`"
    )]
    NoSuchPackage {
        /// The id of the package, as Cargo writes it.
        package: String,
    },
}
