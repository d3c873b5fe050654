//! Which Python there is.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Says its version, when it can make virtual environments.
const VERSION: &str = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])";

/// An interpreter of one of these versions (`3.13`), the first for preference: on the `PATH`, or installed by pyenv.
pub(crate) fn find(versions: &[&str]) -> Option<PathBuf> {
    let named = versions.iter().map(|version| format!("python{version}"));
    let mut candidates: Vec<PathBuf> = named.map(PathBuf::from).collect();
    candidates.push("python3".into());
    candidates.extend(of_pyenv());
    let found: Vec<(String, PathBuf)> = candidates
        .into_iter()
        .filter_map(|it| Some((version(&it)?, it)))
        .collect();
    let of = |wanted: &&str| found.iter().find(|(version, _)| version == wanted);
    versions.iter().find_map(of).map(|(_, path)| path.clone())
}

/// Its version; none if it does not run, or has no means to make virtual environments.
fn version(python: &Path) -> Option<String> {
    let mut command = Command::new(python);
    command.args(["-I", "-c", VERSION]).stdin(Stdio::null());
    let output = command.stderr(Stdio::null()).output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| version.trim().to_owned())
}

/// What pyenv has installed, chosen by the developer or not.
fn of_pyenv() -> Vec<PathBuf> {
    let root = env::var_os("PYENV_ROOT").map(PathBuf::from);
    let Some(root) = root.or_else(|| Some(env::home_dir()?.join(".pyenv"))) else {
        return Vec::new();
    };
    let Ok(installed) = fs::read_dir(root.join("versions")) else {
        return Vec::new();
    };
    let interpreters = installed.filter_map(|it| Some(it.ok()?.path().join("bin/python3")));
    let mut interpreters: Vec<PathBuf> = interpreters.filter(|it| it.exists()).collect();
    interpreters.sort_unstable();
    interpreters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interpreter_of_the_wanted_version_is_found_and_no_other() {
        let present = version(Path::new("python3")).unwrap();
        let found = find(&["2.0", &present]).unwrap();
        assert_eq!(version(&found), Some(present));
        assert_eq!(find(&["2.0"]), None);
        assert_eq!(find(&[]), None);
    }

    #[test]
    fn what_does_not_run_has_no_version() {
        assert_eq!(version(Path::new("/no/such/python3")), None);
        assert_eq!(version(Path::new("false")), None);
    }
}
