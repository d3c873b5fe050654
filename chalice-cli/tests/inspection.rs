//! `cargo chalice routes` and `cargo chalice manifest`, which print results.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Runs `cargo chalice` in the workspace.
fn chalice(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
        .arg("chalice")
        .args(arguments)
        .current_dir(workspace())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
        )
        .output()
        .unwrap()
}

fn result(arguments: &[&str]) -> String {
    let output = chalice(arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn error(arguments: &[&str]) -> String {
    let output = chalice(arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn table_of_routes() {
    let table = result(&["routes", "--package", "helloworld"]);
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[0],
        ["METHODS", "PATH", "NAME", "FUNCTION", "SOURCE", "CORS"]
    );
    assert_eq!(lines[1][..4], ["GET", "/", "index", "helloworld::index"]);
    assert_eq!(
        lines[2][..4],
        [
            "GET",
            "/cities/{city}",
            "state_of_city",
            "helloworld::state_of_city"
        ]
    );
    assert_eq!(lines[2][5], "*");
    assert_eq!(lines.len(), 3);
}

#[test]
fn manifest_and_routes_agree() {
    let manifest: Value =
        serde_json::from_str(&result(&["manifest", "--package", "helloworld"])).unwrap();
    let routes: Value = serde_json::from_str(&result(&[
        "routes",
        "--package",
        "helloworld",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(manifest["app"]["name"], "helloworld");
    assert_eq!(manifest["routes"], routes);
    assert!(manifest.get("schemas").is_none());
    let compact = result(&["manifest", "--package", "helloworld", "--compact"]);
    assert_eq!(compact.lines().count(), 1);
    assert_eq!(serde_json::from_str::<Value>(&compact).unwrap(), manifest);
}

#[test]
fn a_binary_without_an_app() {
    let binary = env!("CARGO_BIN_EXE_cargo-chalice");
    assert_eq!(
        error(&["manifest", "--binary", binary]),
        format!("error: {binary} is not a chalice app: it has no `#[app]`\n")
    );
}

#[test]
fn unclear_or_unknown_packages() {
    assert!(
        error(&["routes"])
            .starts_with("error: several binaries may be the app: choose one with `--package ")
    );
    assert_eq!(
        error(&["routes", "--package", "helloworlt"]),
        "error: the workspace has no package `helloworlt`; did you mean `helloworld`?\n"
    );
    assert_eq!(
        error(&["routes", "--package", "chalice-core"]),
        "error: the package `chalice-core` has no binary target: an app is a program with \
         `fn main() -> ExitCode { chalice::run(&APP) }`\n"
    );
}
