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
    versions.iter().find_map(|wanted| {
        let named = [format!("python{wanted}").into(), "python3".into()];
        let mut candidates = named.into_iter().chain(of_pyenv(wanted));
        candidates.find(|it: &PathBuf| version(it).is_some_and(|version| version == *wanted))
    })
}

/// Its version; none if it does not run, or has no means to make virtual environments.
fn version(python: &Path) -> Option<String> {
    let mut command = Command::new(python);
    command.args(["-I", "-c", VERSION]).stdin(Stdio::null());
    let output = command.stderr(Stdio::null()).output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| version.trim().to_owned())
}

/// What pyenv has installed of that version, chosen by the developer or not.
fn of_pyenv(version: &str) -> Vec<PathBuf> {
    let root = env::var_os("PYENV_ROOT").map(PathBuf::from);
    let Some(root) = root.or_else(|| Some(env::home_dir()?.join(".pyenv"))) else {
        return Vec::new();
    };
    let Ok(installed) = fs::read_dir(root.join("versions")) else {
        return Vec::new();
    };
    let release = format!("{version}.");
    let mut folders: Vec<PathBuf> = installed
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| {
            it.file_name()
                .is_some_and(|it| it.to_string_lossy().starts_with(&release))
        })
        .collect();
    folders.sort_unstable();
    folders
        .into_iter()
        .map(|it| it.join("bin/python3"))
        .collect()
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
