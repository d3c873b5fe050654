//! `cargo chalice generate-models`: the documents of the examples, and comparisons with them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use verifiers::openapi_mistakes;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Runs `cargo chalice generate-models` in the workspace.
fn generate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
        .args(["chalice", "generate-models"])
        .args(arguments)
        .current_dir(workspace())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
        )
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The last line of what was said, after Cargo's own.
fn last_line(bytes: &[u8]) -> String {
    text(bytes).lines().last().unwrap_or_default().to_owned()
}

fn document(arguments: &[&str]) -> Value {
    let output = generate(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_example_with_routes_has_documents_that_a_validator_takes() {
    let mut documents = Vec::new();
    for example in ["authorizers", "helloworld", "streaming", "todo"] {
        documents.push(document(&["--package", example]));
        documents.push(document(&["--package", example, "--swagger"]));
    }
    let mut planted = documents[0].clone();
    planted["paths"]["/"]["get"]["responses"]["200"] = Value::Object(Default::default());
    documents.push(planted);
    let mut mistakes = openapi_mistakes(&documents).unwrap_or_else(|error| panic!("{error}"));
    assert!(!mistakes.pop().unwrap().is_empty());
    for (document, mistakes) in documents.iter().zip(mistakes) {
        assert_eq!(mistakes, [""; 0], "{document:#}");
    }
}

#[test]
fn the_document_of_an_app() {
    let document = document(&["--package", "todo"]);
    assert_eq!(document["info"]["title"], "todo");
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    let create = &document["paths"]["/items"]["post"];
    assert_eq!(create["summary"], "Add an item.");
    assert_eq!(
        create["requestBody"]["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/Draft"
    );
    assert_eq!(
        document["servers"][0]["variables"]["stage"]["default"],
        "api"
    );
}

#[test]
fn what_has_changed_since_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.json");
    let path = file.to_str().unwrap();
    let check = || generate(&["--package", "todo", "--check", path]);
    let current = document(&["--package", "todo"]);
    let write = |document: &Value| fs::write(&file, document.to_string()).unwrap();

    write(&current);
    let output = check();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(
        last_line(&output.stderr),
        format!("nothing has changed for clients since {path}")
    );

    // What has been added since.
    let mut old = current.clone();
    let schemas = &mut old["components"]["schemas"];
    let counts = schemas["Counts"].as_object_mut().unwrap();
    counts["properties"].as_object_mut().unwrap().remove("open");
    counts["required"] = serde_json::json!(["done"]);
    write(&old);
    let output = check();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "compatible: /components/schemas/Counts/properties/open: in responses, a new property\n"
    );

    // And what is gone.
    old["paths"]["/lists"] = current["paths"]["/items"].clone();
    write(&old);
    let output = check();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stdout),
        "breaking: /paths/~1lists: the path is gone: every request for it is refused\n\
         compatible: /components/schemas/Counts/properties/open: in responses, a new property\n"
    );
    assert_eq!(
        last_line(&output.stderr),
        format!(
            "error: of 2 changes, 1 may break clients that were written for {path}: give what is new other paths, or \
             write the file anew once no such client is left"
        )
    );
}

#[test]
fn files_that_cannot_be_compared_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.json");
    let path = file.to_str().unwrap();
    let error = || {
        let output = generate(&["--package", "helloworld", "--check", path]);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        last_line(&output.stderr)
    };
    assert!(
        error().starts_with(&format!(
            "error: cannot read {path}, which `--check` compares with: "
        )),
        "{}",
        error()
    );
    fs::write(&file, "openapi: 3.1.0").unwrap();
    assert!(
        error().starts_with(&format!(
            "error: {path} is not JSON, which `--check` compares with: "
        )),
        "{}",
        error()
    );
    fs::write(&file, r#"{"openapi": "3.0.0", "paths": {}}"#).unwrap();
    assert_eq!(
        error(),
        format!(
            "error: `--check` cannot compare with {path}: it is no OpenAPI 3.1 document: its member `openapi` is \
             \"3.0.0\", and documents of 3.1 are compared"
        )
    );
}

#[test]
fn an_app_without_routes() {
    for arguments in [&["--swagger"][..], &[]] {
        let output = generate(&[&["--package", "events"], arguments].concat());
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        assert_eq!(
            last_line(&output.stderr),
            "error: the app `events` has no routes, so there is no REST API to describe: give it a function \
             with `#[route]`"
        );
    }
}
