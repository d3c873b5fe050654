//! `cargo chalice dev appgraph`.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn appgraph(arguments: &[&str]) -> Output {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
        .args(["chalice", "dev", "appgraph", "--package", "todo"])
        .args(arguments)
        .current_dir(workspace)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
        )
        .output()
        .unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = appgraph(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn people_see_the_tree_that_the_guide_shows() {
    let guide = include_str!("../../docs/resources.md");
    let (_, shown) = guide.split_once("appgraph -p todo\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    assert_eq!(printed(&[]), shown);
}

#[test]
fn machines_read_json() {
    let graph: Value =
        serde_json::from_str(&printed(&["--format", "json", "--stage", "prod"])).unwrap();
    assert_eq!(graph["stage"], "prod");
    let resources = graph["resources"].as_array().unwrap();
    let function = resources
        .iter()
        .find(|it| it["type"] == "function")
        .unwrap();
    assert_eq!(function["function_name"], "todo-prod");
    assert_eq!(function["lambda_timeout"], 60);
    let role = resources.iter().find(|it| it["type"] == "role").unwrap();
    assert_eq!(role["policy"]["Version"], "2012-10-17");
}

#[test]
fn a_diagram_is_in_the_language_of_mermaid() {
    let diagram = printed(&["--format", "mermaid"]);
    assert!(diagram.starts_with("flowchart LR\n"), "{diagram}");
}
