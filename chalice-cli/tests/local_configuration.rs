//! `cargo chalice local` and `invoke --local` with what `.chalice/config.json` says.
#![cfg(unix)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use rustix::process::Signal;
use serde_json::{Value, json};
use support::{Local, cargo_chalice};
use tempfile::TempDir;

fn config() -> Value {
    json!({
        "version": "2.0",
        "app_name": "fixture",
        "automatic_layer": true,
        "environment_variables": { "TABLE": "table-${stage}", "LIMIT": "10", "RATES": { "ssm": "/rates" } },
        "lambda_functions": { "resize": { "lambda_memory_size": 1024, "environment_variables": { "LIMIT": "20" } } },
        "stages": {
            "dev": {},
            "prod": {
                "api_gateway_stage": "v1",
                "lambda_memory_size": 256,
                "lambda_functions": { "resize": { "lambda_timeout": 1, "environment_variables": { "OWN": "own" } } },
            },
            "quick": { "lambda_timeout": 1 },
        },
    })
}

/// A project with the functions `api_handler` and `resize`, which do what the path in their events says.
fn project(config: Option<&Value>) -> TempDir {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bootstrap");
    let project = tempfile::tempdir().unwrap();
    fs::create_dir(project.path().join("src")).unwrap();
    for file in ["Cargo.toml", "src/main.rs"] {
        fs::copy(fixture.join(file), project.path().join(file)).unwrap();
    }
    let manifest = fs::read_to_string(fixture.join("src/manifest.json")).unwrap();
    let mut manifest: Value = serde_json::from_str(&manifest).unwrap();
    let function = json!({
        "name": "resize", "type": "pure_lambda", "on_failure": null, "description": null,
        "source": manifest["app"]["source"],
    });
    manifest["functions"].as_array_mut().unwrap().push(function);
    fs::write(
        project.path().join("src/manifest.json"),
        manifest.to_string(),
    )
    .unwrap();
    fs::create_dir(project.path().join(".chalice")).unwrap();
    if let Some(config) = config {
        configure(project.path(), config);
    }
    project
}

fn configure(project: &Path, config: &Value) {
    fs::write(project.join(".chalice/config.json"), config.to_string()).unwrap();
}

fn local(project: &Path, stage: &str) -> Local {
    let manifest = project.join("Cargo.toml");
    let arguments = [
        "--manifest-path",
        manifest.to_str().unwrap(),
        "--stage",
        stage,
    ];
    Local::start(&arguments, &project.join("target"))
}

/// What the function answers to that path, invoked by its name.
fn invoked(local: &Local, function: &str, path: &str) -> String {
    let event = json!({ "path": path }).to_string();
    let path = format!("/2015-03-31/functions/{function}/invocations");
    let response = local.request("POST", &path, &[], event.as_bytes());
    let answer: Value = serde_json::from_str(&response.body).unwrap();
    let answer = answer.get("body").or(answer.get("errorMessage"));
    answer.unwrap().as_str().unwrap().to_owned()
}

fn invoke(project: &Path, arguments: &[&str], path: &str) -> Output {
    let event: PathBuf = project.join("event.json");
    fs::write(&event, json!({ "path": path }).to_string()).unwrap();
    cargo_chalice()
        .args(["invoke", "--local", "--payload", "event.json"])
        .args(arguments)
        .current_dir(project)
        .env("CARGO_TARGET_DIR", project.join("target"))
        .env("RATES", "from here")
        .env("LIMIT", "of this process")
        .output()
        .unwrap()
}

#[test]
fn each_function_has_what_its_stage_says() {
    let project = project(Some(&config()));
    let local = local(project.path(), "prod");
    let environment = local.get("/environment").body;
    assert!(
        environment.contains("AWS_LAMBDA_FUNCTION_NAME=fixture-prod "),
        "{environment}"
    );
    assert!(
        environment.contains("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256 "),
        "{environment}"
    );
    let environment = invoked(&local, "resize", "/environment");
    assert!(
        environment.contains("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256 "),
        "{environment}"
    );
    for (path, routes, resize) in [
        ("/variable-TABLE", "table-prod", "table-prod"),
        ("/variable-LIMIT", "10", "20"),
        ("/variable-OWN", "not set", "own"),
        ("/variable-RATES", "not set", "not set"),
    ] {
        assert_eq!(local.get(path).body, routes, "{path}");
        assert_eq!(invoked(&local, "resize", path), resize, "{path}");
    }
    // A second of its own, while the routes have a minute.
    assert_eq!(
        invoked(&local, "resize", "/slower"),
        "the app did not answer within 1 s, its `lambda_timeout`, and was stopped"
    );
    assert_eq!(invoked(&local, "api_handler", "/slower"), "done");
    local.wait_for_log("warning: .chalice/config.json: `automatic_layer` is true: ");
    local.wait_for_log("warning: `RATES` has its value from Parameter Store ");
    // One process of each function is left, and ends with the server.
    #[cfg(target_os = "linux")]
    let processes = support::children(local.pid());
    assert!(local.stop(Signal::TERM).success());
    #[cfg(target_os = "linux")]
    {
        assert!(!processes.is_empty());
        assert!(!processes.into_iter().any(support::runs));
    }
}

#[test]
fn a_function_without_the_time_fails_the_request() {
    let project = project(Some(&config()));
    let local = local(project.path(), "quick");
    assert_eq!(local.get("/variable-TABLE").body, "table-quick");
    let response = local.get("/slower");
    assert_eq!(response.status, 502);
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("InternalServerErrorException")
    );
    assert_eq!(response.body, r#"{"message": "Internal server error"}"#);
}

#[test]
fn a_new_configuration_takes_over() {
    let project = project(Some(&config()));
    let local = local(project.path(), "dev");
    assert_eq!(local.get("/variable-LIMIT").body, "10");
    let mut changed = config();
    changed["environment_variables"]["LIMIT"] = json!("30");
    configure(project.path(), &changed);
    local.wait_for_log("Reloaded");
    assert_eq!(local.get("/variable-LIMIT").body, "30");
    changed["environment_variables"]["LIMIT"] = json!(40);
    configure(project.path(), &changed);
    local.wait_for_log("`environment_variables.LIMIT` is a number: ");
    assert_eq!(local.get("/variable-LIMIT").body, "30");
}

#[test]
fn one_invocation_has_it_as_well() {
    let project = project(Some(&config()));
    let answer = |arguments: &[&str], path| {
        let output = invoke(project.path(), arguments, path);
        let log = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{log}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        (answer["body"].as_str().unwrap().to_owned(), log)
    };
    let resize = ["-n", "resize"];
    let (environment, log) = answer(&resize, "/environment");
    assert!(
        environment.contains("AWS_LAMBDA_FUNCTION_NAME=fixture-dev-resize "),
        "{environment}"
    );
    assert!(
        environment.contains("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024 "),
        "{environment}"
    );
    assert!(
        log.contains("warning: .chalice/config.json: `automatic_layer` is true: "),
        "{log}"
    );
    // The configuration wins over the environment of the command; what is on AWS alone is taken from there.
    assert_eq!(answer(&resize, "/variable-LIMIT").0, "20");
    assert_eq!(answer(&resize, "/variable-RATES").0, "from here");
    assert!(!log.contains("Parameter Store"), "{log}");

    let output = invoke(
        project.path(),
        &["-n", "resize", "--stage", "prod"],
        "/slower",
    );
    let log = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = "error: the function `resize` failed: Sandbox.Timedout: the app did not answer within 1 s, ";
    assert!(log.contains(expected), "{log}");
}

#[test]
fn a_broken_configuration_is_refused_before_the_build() {
    let project = project(Some(
        &json!({ "version": "2.0", "app_name": "fixture", "lambda_timeout": 901 }),
    ));
    let output = invoke(project.path(), &["-n", "resize"], "/");
    let log = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(log.contains("`lambda_timeout` is 901: "), "{log}");
    assert!(!project.path().join("target").exists());
    // Names of functions are known when the app is built.
    let config =
        json!({ "version": "2.0", "app_name": "fixture", "lambda_functions": { "resiez": {} } });
    configure(project.path(), &config);
    let output = invoke(project.path(), &["-n", "resize"], "/");
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("did you mean `resize`?"), "{log}");
}

#[test]
fn a_project_needs_none() {
    let project = project(None);
    let output = invoke(project.path(), &["-n", "resize"], "/variable-LIMIT");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["body"], "of this process");
}
