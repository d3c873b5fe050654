//! `cargo chalice package`, for this machine's processor: no other has a standard library everywhere.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chalice_config::{CommandLine, Config};
use chalice_core::manifest::model::Manifest;
use serde_json::Value;
use tempfile::TempDir;
use verifiers::sam_mistakes;
use zip::ZipArchive;

/// This machine's processor, as the configuration spells it.
const OWN: &str = if cfg!(target_arch = "aarch64") {
    "arm64"
} else {
    "x86_64"
};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bootstrap")
}

/// A project with an app, and these files.
fn project(files: &[(&str, &str)]) -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for file in ["Cargo.toml", "src/main.rs", "src/manifest.json"] {
        write(file, &fs::read_to_string(fixture().join(file)).unwrap());
    }
    for (path, text) in files {
        write(path, text);
    }
    project
}

fn cargo_chalice() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chalice"));
    command.arg("chalice");
    command
}

/// `cargo chalice package` in the project, without what else this machine may have to build with.
fn package(project: &Path, arguments: &[&str]) -> Output {
    cargo_chalice()
        .args(["package", "--builder", "cargo", "--arch", OWN])
        .args(arguments)
        .current_dir(project)
        .env("CARGO_TARGET_DIR", project.join("target"))
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn packaged(project: &Path, arguments: &[&str]) -> String {
    let output = package(project, arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    stderr(&output)
}

#[track_caller]
fn refused(project: &Path, arguments: &[&str]) -> String {
    let output = package(project, arguments);
    assert!(!output.status.success());
    stderr(&output)
}

#[test]
fn a_template_and_a_package() {
    let config = r#"{ "version": "2.0", "app_name": "fixture", "stages": { "dev": { "automatic_layer": true },
        "prod": { "lambda_memory_size": 512 } } }"#;
    let extras = "Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties: { Tags: !Ref \"AWS::NoValue\" }\n";
    let project = project(&[
        (".chalice/config.json", config),
        (
            "extras.json",
            r#"{ "Outputs": { "Own": { "Value": "x" } } }"#,
        ),
        ("extras.yaml", extras),
        ("wrong.yaml", "Resources: !Tabel x"),
    ]);
    let project = project.path();

    let notes = packaged(project, &["out/dev"]);
    assert!(notes.contains("note: .chalice/config.json: "), "{notes}");
    let json = fs::read_to_string(project.join("out/dev/sam.json")).unwrap();
    let template: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(template["Transform"], "AWS::Serverless-2016-10-31");
    let zip = fs::read(project.join("out/dev/deployment.zip")).unwrap();
    let names = |archive: &str| -> Vec<String> {
        let archive = ZipArchive::new(File::open(project.join(archive)).unwrap()).unwrap();
        let names = archive.file_names();
        let mut names: Vec<String> = names.map(|name| name.unwrap().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names("out/dev/deployment.zip"), ["bootstrap"]);

    // Another stage, and the same again in one file.
    packaged(
        project,
        &["--stage", "prod", "out/prod", "--template-format", "yaml"],
    );
    let yaml = fs::read_to_string(project.join("out/prod/sam.yaml")).unwrap();
    assert!(yaml.contains("MemorySize: 512"), "{yaml}");
    assert!(
        yaml.contains("AWSTemplateFormatVersion: \"2010-09-09\""),
        "{yaml}"
    );
    packaged(
        project,
        &[
            "--single-file",
            "app.zip",
            "--merge-template",
            "extras.json",
        ],
    );
    assert_eq!(names("app.zip"), ["deployment.zip", "sam.json"]);
    let mut archive = ZipArchive::new(File::open(project.join("app.zip")).unwrap()).unwrap();
    let merged: Value = serde_json::from_reader(archive.by_name("sam.json").unwrap()).unwrap();
    assert_eq!(merged["Outputs"]["Own"]["Value"], "x");
    assert_eq!(merged["Resources"], template["Resources"]);
    let mut inner = Vec::new();
    std::io::copy(&mut archive.by_name("deployment.zip").unwrap(), &mut inner).unwrap();
    assert_eq!(inner, zip);

    // A file in YAML makes a template in YAML.
    packaged(project, &["--merge-template", "extras.yaml", "out/merged"]);
    let yaml = fs::read_to_string(project.join("out/merged/sam.yaml")).unwrap();
    assert!(yaml.contains("Ref: AWS::NoValue"), "{yaml}");
    assert!(!project.join("out/merged/sam.json").exists());

    // Terraform.
    packaged(project, &["--pkg-format", "terraform", "out/terraform"]);
    let json = fs::read_to_string(project.join("out/terraform/chalice.tf.json")).unwrap();
    let configuration: Value = serde_json::from_str(&json).unwrap();
    let functions = &configuration["resource"]["aws_lambda_function"];
    assert_eq!(
        functions["api_handler"]["runtime"], "provided.al2023",
        "{json}"
    );
    let package = fs::read(project.join("out/terraform/deployment.zip")).unwrap();
    assert_eq!(package, zip);
    for (option, named) in [
        (&["--single-file"][..], "--single-file is for"),
        (
            &["--merge-template", "extras.json"],
            "--merge-template is for",
        ),
        (
            &["--template-format", "yaml"],
            "--template-format yaml is for",
        ),
    ] {
        let terraform = ["--pkg-format", "terraform", "out/wrong"];
        let error = refused(project, &[&terraform, option].concat());
        assert!(
            error.contains(&format!("error: {named} --pkg-format cloudformation")),
            "{error}"
        );
    }

    let error = refused(project, &["--merge-template", "wrong.yaml", "out/wrong"]);
    assert!(
        error.contains("error: wrong.yaml is not YAML of AWS CloudFormation: `!Tabel`"),
        "{error}"
    );
    let error = refused(project, &["--merge-template", "none.json", "out/wrong"]);
    assert!(error.contains("error: cannot read none.json"), "{error}");
    let error = refused(project, &["extras.json"]);
    assert!(error.contains("error: cannot write extras.json"), "{error}");
    // All of that is known before the app is built.
    assert!(!error.contains("Finished"), "{error}");
    let error = refused(project, &["--single-file", "out/dev"]);
    assert!(error.contains("a folder is there"), "{error}");
    for stage in ["", "../../wrong"] {
        let error = refused(project, &["--stage", stage, "out/wrong"]);
        assert!(error.contains("is the stage that is asked for"), "{error}");
    }
    fs::write(project.join("contradiction.json"), r#"{ "Resources": [] }"#).unwrap();
    let error = refused(
        project,
        &["--merge-template", "contradiction.json", "out/wrong"],
    );
    assert!(
        error.contains("error: contradiction.json cannot be merged: `Resources`"),
        "{error}"
    );
    let error = refused(project, &["out/wrong", "--pkg-format", "zip"]);
    assert!(error.contains("cloudformation"), "{error}");
    assert!(!project.join("out/wrong").exists());
}

#[test]
fn the_examples_have_no_mistakes() {
    let mut examples: Vec<String> = fs::read_dir("../examples")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    examples.sort();
    assert!(examples.len() >= 8, "{examples:?}");
    let templates: Vec<Value> = examples
        .iter()
        .map(|example| {
            let output = cargo_chalice()
                .args(["manifest", "--package", example])
                .output()
                .unwrap();
            assert!(output.status.success(), "{example}: {}", stderr(&output));
            let manifest = Manifest::from_json(&output.stdout).unwrap();
            let folder = Path::new("../examples").join(example);
            let stage = Config::load_stage(&folder, "dev", CommandLine::default(), None).unwrap();
            let resources = chalice_resources::resources(&manifest, &stage).unwrap();
            chalice_sam::template(&resources).unwrap().into()
        })
        .collect();
    let verdicts = sam_mistakes(&templates).unwrap_or_else(|error| panic!("{error}"));
    for (example, mistakes) in examples.iter().zip(verdicts) {
        assert!(mistakes.is_empty(), "{example}: {mistakes:#?}");
    }
}

/// The app says its schemas when it is built with the feature for that, and a stage that does not ask for them
/// does without.
#[test]
fn schemas_become_models() {
    let config = r#"{ "version": "2.0", "app_name": "fixture", "stages": { "dev": {},
        "checked": { "request_validation": "body" } } }"#;
    let read = |file: &str| fs::read_to_string(fixture().join(file)).unwrap();
    let cargo_toml = read("Cargo.toml") + "\n[dependencies]\nchalice = { path = \"chalice\" }\n";
    let argument = r#""arguments": [{ "name": "order", "type": "Json<Order>" }]"#;
    let manifest = read("src/manifest.json").replacen(r#""arguments": []"#, argument, 1);
    let export = r##"fn main() {
    if chalice::EXPORT && std::env::var_os("CHALICE_EXPORT").is_some() {
        println!(r#"{{ "handlers": {{ "bootstrap_fixture::answer": {{ "returns": null, "arguments": {{
            "order": {{ "type": "object", "required": ["id"] }} }} }} }}, "definitions": {{}} }}"#);
        return;
    }
"##;
    let main = read("src/main.rs").replacen("fn main() {\n", export, 1);
    let package = "[package]\nname = \"chalice\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\nexport = []\n";
    let library = "pub const EXPORT: bool = cfg!(feature = \"export\");\n";
    let project = project(&[
        (".chalice/config.json", config),
        ("Cargo.toml", &cargo_toml),
        ("src/manifest.json", &manifest),
        ("src/main.rs", &main),
        ("chalice/Cargo.toml", package),
        ("chalice/src/lib.rs", library),
    ]);
    let project = project.path();
    let definition = |stage: &str| {
        packaged(project, &["--stage", stage, "out"]);
        let json = fs::read_to_string(project.join("out/sam.json")).unwrap();
        let template: Value = serde_json::from_str(&json).unwrap();
        template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"].clone()
    };
    let plain = definition("dev");
    assert!(
        !plain.to_string().contains("request-validator"),
        "{plain:#}"
    );
    assert!(!project.join("target/chalice-export").exists());
    let checked = definition("checked");
    let post = &checked["paths"]["/"]["post"];
    assert_eq!(post["x-amazon-apigateway-request-validator"], "body");
    assert_eq!(
        checked["definitions"]["IndexBody"],
        serde_json::json!({ "type": "object", "required": ["id"] })
    );
}
