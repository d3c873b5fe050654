//! Runs of Cargo.

use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The root of the workspace.
pub(crate) fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A folder of these tests below the target directory.
pub(crate) fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The workspace's own target directory: other tests and the developer have
/// built most of what an ordinary build needs.
pub(crate) fn target_directory() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

/// Cargo in `directory`, as a developer would call it there.
pub(crate) fn cargo(directory: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", target_directory())
        .env("CARGO_TERM_COLOR", "never")
        // As in the workspace's own profile: so projects outside of it share
        // the builds of their dependencies with it.
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    forget_this_package(&mut command);
    command
}

/// Removes what Cargo and nextest tell this test about its own package.
pub(crate) fn forget_this_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let known = name.to_string_lossy();
        if known.starts_with("CARGO_PKG_")
            || known.starts_with("CARGO_MANIFEST_")
            || known.starts_with("CARGO_BIN_EXE_")
        {
            command.env_remove(name);
        }
    }
}

/// Waits for `command`, which is to succeed.
#[track_caller]
pub(crate) fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?} ended with {}:\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    output
}

/// One build at a time, over all processes, until the file is dropped: where
/// builds leave their results in one place, nobody takes another one's.
pub(crate) fn exclusive() -> File {
    let file = File::create(scratch("builds.lock")).unwrap();
    file.lock().unwrap();
    file
}

/// Builds a binary with the arguments of a `cargo build` or `cargo rustc`, and
/// takes a copy of it to `name`.
pub(crate) fn build(
    command: &mut Command,
    target_directory: &Path,
    built: &str,
    name: &str,
) -> PathBuf {
    let _exclusive = exclusive();
    succeed(command.env("CARGO_TARGET_DIR", target_directory));
    let copy = scratch(name);
    // By way of another name, because a test may be running the last copy.
    let mut part = OsString::from(&copy);
    part.push(".new");
    fs::copy(target_directory.join(built), &part).unwrap();
    fs::rename(&part, &copy).unwrap();
    copy
}

/// Writes a project; it uses the workspace's versions of all dependencies.
/// Files that are as they are to be stay untouched, and so does their build.
///
/// `name` is unique: in a shared target directory, Cargo takes two projects of
/// one name for one.
pub(crate) fn project(name: &str, files: &[(String, String)]) -> PathBuf {
    let root = scratch("projects").join(name);
    for (path, text) in files {
        let path = root.join(path);
        if fs::read_to_string(&path).is_ok_and(|present| present == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    lock_as_workspace(&root);
    root
}

/// Gives a project the workspace's versions of all dependencies, which are
/// downloaded and mostly built already.
pub(crate) fn lock_as_workspace(project: &Path) {
    fs::copy(workspace().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
}

/// The path of a folder of the workspace, as a TOML string.
pub(crate) fn toml_path(folder: &str) -> String {
    format!("'{}'", workspace().join(folder).display())
}
