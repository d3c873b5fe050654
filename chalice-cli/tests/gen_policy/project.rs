//! The fixture's app as a project of its own, and the commands in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gen-policy")
}

/// A copy of the fixture.
pub(crate) struct Project(pub(crate) TempDir);

impl Project {
    pub(crate) fn new() -> Project {
        let project = tempfile::tempdir().unwrap();
        copy(&fixture(), project.path());
        Project(project)
    }

    /// With grants of the route `store`, the function `report`, and the app.
    pub(crate) fn with_grants(of_route: &Value, of_function: &Value, of_app: &Value) -> Project {
        let project = Project::new();
        let path = project.0.path().join("src/manifest.json");
        let mut manifest: Value =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        manifest["routes"][0]["grants"] = of_route.clone();
        manifest["functions"][1]["grants"] = of_function.clone();
        manifest["app"]["grants"] = of_app.clone();
        fs::write(path, manifest.to_string()).unwrap();
        project
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> Value {
        let text = fs::read_to_string(self.0.path().join(path)).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) fn run(&self, verb: &str, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
            .args(["chalice", verb])
            .args(arguments)
            .current_dir(self.0.path())
            .env("CARGO_TARGET_DIR", self.0.path().join("target"))
            .env_remove("CARGO_BUILD_TARGET")
            .output()
            .unwrap()
    }

    /// `cargo chalice package`, for this machine's processor.
    pub(crate) fn package(&self) -> Output {
        let processor = match cfg!(target_arch = "aarch64") {
            true => "arm64",
            false => "x86_64",
        };
        let builder = ["--builder", "cargo", "--arch", processor];
        self.run("package", &[&builder[..], &["out"]].concat())
    }

    /// What `gen-policy` prints.
    #[track_caller]
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let output = self.run("gen-policy", arguments);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What `gen-policy` prints as JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.printed(arguments)).unwrap()
    }

    /// The error with which `gen-policy` ends.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run("gen-policy", arguments);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let said = said(&output);
        let (_, error) = said.split_once("error: ").unwrap();
        error.trim_end().to_owned()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => _ = fs::copy(entry.path(), target).unwrap(),
        }
    }
}

/// What was said, without Cargo's own messages.
pub(crate) fn said(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let lines = stderr.lines().filter(|line| {
        let word = line.split_whitespace().next().unwrap_or_default();
        !["Adding", "Blocking", "Compiling", "Finished", "Locking"].contains(&word)
    });
    lines.map(|line| format!("{line}\n")).collect()
}
