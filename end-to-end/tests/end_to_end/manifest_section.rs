//! The manifest in the binary survives what a linker does to a binary.
//!
//! The builds are those of [`Build::ALL`]: link-time optimisation off, within
//! a crate, thin and fat; with symbols and stripped; in the development and the
//! release profile. Each setting of both occurs, not each pair: `strip` removes the
//! same tables after any link.

use std::str;

use chalice_core::manifest::model::Manifest;
use serde_json::Value;

use crate::{
    cargo::{self, cargo},
    executable::Executable,
    helloworld::Build,
    manifest_schema,
};

#[test]
fn every_build_has_the_same_manifest() {
    let manifests: Vec<(Build, Vec<u8>)> = Build::ALL
        .into_iter()
        .map(|build| {
            let executable = Executable::read(&build.executable());
            let stripped = matches!(build, Build::DevStripped | Build::Release);
            assert_eq!(executable.has_symbols(), !stripped, "{build:?}");
            (build, executable.manifest())
        })
        .collect();
    let (_, first) = &manifests[0];
    for (build, manifest) in &manifests {
        assert!(
            manifest == first,
            "{build:?} differs:\n{}\n{}",
            String::from_utf8_lossy(manifest),
            String::from_utf8_lossy(first)
        );
    }
    manifest_schema::assert_valid(&serde_json::from_slice(first).unwrap());
    let manifest = Manifest::from_json(first).unwrap();
    let routes: Vec<(&str, &str)> = manifest
        .routes
        .iter()
        .map(|route| (route.name.as_str(), route.path.as_str()))
        .collect();
    assert_eq!(
        routes,
        [("index", "/"), ("state_of_city", "/cities/{city}")]
    );
}

#[test]
fn the_command_prints_what_the_binary_holds() {
    let command = crate::new_project::cargo_chalice();
    let binary = Build::Dev.executable();
    let mut print = std::process::Command::new(command);
    print
        .args(["chalice", "manifest", "--compact", "--binary"])
        .arg(&binary);
    let printed = cargo::succeed(&mut print).stdout;
    let printed: Value = serde_json::from_slice(&printed).unwrap();
    let held: Value = serde_json::from_slice(&Executable::read(&binary).manifest()).unwrap();
    assert_eq!(printed, held);
}

#[test]
fn the_manifest_of_todo_is_valid() {
    let mut command = cargo(cargo::workspace());
    command.args(["build", "--locked", "--package", "todo"]);
    let built = cargo::build(
        &mut command,
        cargo::target_directory(),
        "debug/todo",
        "todo",
    );
    let manifest = Executable::read(&built).manifest();
    let value: Value = serde_json::from_slice(&manifest).unwrap();
    manifest_schema::assert_valid(&value);
    // The documentation and the prefixes of the blueprint have arrived.
    let route = value["routes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|route| route["name"] == "change")
        .unwrap();
    assert_eq!(route["path"], "/items/{id}");
    assert_eq!(route["methods"], serde_json::json!(["PATCH"]));
    assert_eq!(route["summary"], "Change parts of an item.");
    assert!(str::from_utf8(&manifest).unwrap().contains("Json<Change>"));
}
