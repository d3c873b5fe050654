//! The project that `cargo chalice new-project` makes.

use std::{fs, path::PathBuf, process::Command};

use crate::cargo::{self, cargo, forget_this_package, scratch, succeed};

/// The command's executable.
pub(crate) fn cargo_chalice() -> PathBuf {
    let mut command = cargo(cargo::workspace());
    // As the tests of the whole workspace are built, and so it is there already: on their own, the crates that it
    // depends on would have other features and be built anew. One of its own tests needs the executable.
    command
        .args([
            "test",
            "--no-run",
            "--locked",
            "--workspace",
            "--all-features",
        ])
        .args(["--test", "package"]);
    cargo::build(
        &mut command,
        cargo::target_directory(),
        "debug/cargo-chalice",
        "cargo-chalice",
    )
}

#[test]
fn it_builds_without_warnings_and_its_own_tests_pass() {
    let parent = scratch("projects");
    let project = parent.join("end-to-end-demo");
    if project.exists() {
        fs::remove_dir_all(&project).unwrap();
    }
    fs::create_dir_all(&parent).unwrap();
    let mut command = Command::new(cargo_chalice());
    forget_this_package(&mut command);
    succeed(
        command
            .current_dir(&parent)
            .args(["chalice", "new-project", "end-to-end-demo"]),
    );
    cargo::lock_as_workspace(&project);

    let output = succeed(cargo(&project).arg("test"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("test result: ok. 2 passed"), "{said}");
    let built = String::from_utf8(output.stderr).unwrap();
    assert!(!built.contains("warning"), "{built}");
}
