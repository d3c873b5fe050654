//! The programs of `tests/fixtures/fleet`, as Cargo builds them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use cargo_metadata::{Metadata, MetadataCommand, PackageId};

/// The fixture's workspace.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fleet")
}

/// What Cargo builds with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Profile {
    Debug,
    /// As `Release`, but for what is below the SDK crates, which is that of `Debug`: no operation is in it, and it would
    /// take most of the time.
    OptimisedOperations,
    Release,
}

/// Builds a program and returns its executable.
pub(crate) fn build(program: &str, profile: Profile) -> PathBuf {
    let folder_of_tests = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut target = folder_of_tests.join("fleet");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet", "--locked", "--offline"])
        .current_dir(folder())
        .env("CARGO_BUILD_BUILD_DIR", &target);
    let built = match profile {
        Profile::Debug => "debug",
        Profile::OptimisedOperations => {
            // All programs, as before: on their own, this one's crates would have other features.
            cargo.args(["--config", "optimised-operations.toml"]);
            // The executables would be in the place of the others.
            target = folder_of_tests.join("fleet-optimised-operations");
            "debug"
        }
        Profile::Release => {
            // The other programs' crates would have to be optimised too, for nothing.
            cargo.args(["--release", "--package", program]);
            "release"
        }
    };
    cargo.env("CARGO_TARGET_DIR", &target);
    let start = Instant::now();
    let status = cargo.status().unwrap();
    assert!(
        status.success(),
        "`{cargo:?}` failed; what it needs is downloaded by `cargo fetch --locked` in {}",
        folder().display()
    );
    eprintln!("{program} {profile:?}: built in {:?}", start.elapsed());
    target.join(built).join(program)
}

/// The fixture's metadata, and a package among them.
pub(crate) fn metadata(program: &str) -> (Metadata, PackageId) {
    let metadata = MetadataCommand::new()
        .current_dir(folder())
        .other_options(["--locked".to_owned(), "--offline".to_owned()])
        .exec()
        .unwrap();
    let package = metadata.packages.iter();
    let id = package
        .clone()
        .find(|package| package.name.as_str() == program)
        .map(|package| package.id.clone())
        .unwrap();
    (metadata, id)
}
