//! AWS Lambda's Invoke API on the server of `cargo chalice local`.
#![cfg(unix)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Instant;

use rustix::process::Signal;
use support::{Local, Response};

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn events() -> Local {
    let manifest = workspace().join("Cargo.toml");
    let manifest = manifest.to_str().unwrap();
    let arguments = [
        "--manifest-path",
        manifest,
        "--package",
        "events",
        "--no-autoreload",
    ];
    Local::start(
        &arguments,
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
    )
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bootstrap")
}

/// The function that misbehaves on request.
fn misbehaving() -> Local {
    let manifest = fixture().join("Cargo.toml");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bootstrap-fixture");
    Local::start(
        &[
            "--manifest-path",
            manifest.to_str().unwrap(),
            "--no-autoreload",
        ],
        &target,
    )
}

fn invoke(local: &Local, name: &str, headers: &[(&str, &str)], event: &str) -> Response {
    let path = format!("/2015-03-31/functions/{name}/invocations");
    local.request("POST", &path, headers, event.as_bytes())
}

const TEA: &str = r#"{"article": "tea", "count": 2}"#;

#[test]
fn functions_of_an_app_without_routes() {
    let local = events();
    local.wait_for_log("Functions are invoked by POST http://127.0.0.1:");
    local.wait_for_log("/2015-03-31/functions/NAME/invocations: `Checkout`, `resize`, ");
    for name in [
        "Checkout",
        "events-dev-Checkout",
        "events-dev-Checkout:$LATEST",
        "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Aevents-dev-Checkout",
    ] {
        let response = invoke(&local, name, &[], TEA);
        assert_eq!(
            (response.status, response.body.as_str()),
            (200, r#"{"total":6}"#),
            "{name}"
        );
        assert_eq!(response.header("x-amz-function-error"), None);
        assert_eq!(response.header("x-amz-executed-version"), Some("$LATEST"));
        assert!(response.header("x-amzn-requestid").is_some());
    }
    local.wait_for_log("POST /2015-03-31/functions/Checkout/invocations 200 11 B");
    // There is no route, as API Gateway says it.
    assert_eq!(local.get("/").status, 403);
    // The functions' processes end with the server.
    #[cfg(target_os = "linux")]
    let children = support::children(local.pid());
    assert!(local.stop(Signal::TERM).success());
    #[cfg(target_os = "linux")]
    {
        assert_eq!(children.len(), 1);
        assert!(!support::runs(children[0]));
    }
}

#[test]
fn failures_belong_to_the_caller() {
    let local = events();
    let nothing = r#"{"article": "tea", "count": 0}"#;
    let response = invoke(&local, "Checkout", &[], nothing);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("x-amz-function-error"), Some("Unhandled"));
    assert_eq!(
        response.body,
        r#"{"errorMessage":"an order of nothing","errorType":"BadRequestError"}"#
    );
    local.wait_for_log("error: Checkout: BadRequestError: an order of nothing");
}

#[test]
fn nobody_waits_for_events() {
    let local = events();
    let sns = fs::read_to_string(workspace().join("examples/events/events/sns.json")).unwrap();
    let headers = [("X-Amz-Invocation-Type", "Event")];
    let response = invoke(&local, "notify", &headers, &sns);
    assert_eq!((response.status, response.body.as_str()), (202, ""));
    local.wait_for_log("TestInvoke: Hello from SNS!");
    let large = format!("\"{}\"", "x".repeat(1_048_576));
    assert_eq!(invoke(&local, "notify", &headers, &large).status, 413);

    let headers = [("X-Amz-Invocation-Type", "DryRun")];
    let response = invoke(&local, "Checkout", &headers, TEA);
    assert_eq!((response.status, response.body.as_str()), (204, ""));
    assert_eq!(invoke(&local, "nobody", &headers, TEA).status, 404);
}

#[test]
fn calls_that_invoke_nothing() {
    let local = events();
    let error = |response: &Response| {
        let error_type = response.header("x-amzn-errortype").map(str::to_owned);
        (response.status, error_type.unwrap_or_default())
    };
    let response = invoke(&local, "checkuot", &[], TEA);
    assert_eq!(
        error(&response),
        (404, "ResourceNotFoundException".to_owned())
    );
    let beginning = "{\"Message\":\"the app `events` has no function `checkuot`; did you mean `Checkout`? It has";
    assert!(response.body.starts_with(beginning), "{}", response.body);
    let response = invoke(&local, "Checkout", &[], "{\"article\"");
    assert_eq!(
        error(&response),
        (400, "InvalidRequestContentException".to_owned())
    );
    let response = invoke(
        &local,
        "Checkout",
        &[("X-Amz-Invocation-Type", "Later")],
        TEA,
    );
    assert_eq!(
        error(&response),
        (400, "InvalidParameterValueException".to_owned())
    );
    let large = format!("\"{}\"", "x".repeat(6_291_456));
    let response = invoke(&local, "Checkout", &[], &large);
    assert_eq!(
        error(&response),
        (413, "RequestTooLargeException".to_owned())
    );
    for origin in ["https://example.com", "null", "http://127.0.0.1:8000"] {
        let response = invoke(&local, "Checkout", &[("Origin", origin)], TEA);
        assert_eq!(error(&response), (403, "AccessDeniedException".to_owned()));
        assert_eq!(response.header("access-control-allow-origin"), None);
    }
    let response = local.get("/2015-03-31/functions/Checkout/invocations");
    assert_eq!(
        (response.status, response.header("allow")),
        (405, Some("POST"))
    );
    // Nothing of it started a function.
    #[cfg(target_os = "linux")]
    assert!(support::children(local.pid()).is_empty());
}

#[test]
fn functions_that_misbehave() {
    let local = misbehaving();
    for (path, error_type) in [
        ("/die", "Runtime.ExitError"),
        ("/error", "Demo"),
        ("/large", "Function.ResponseSizeTooLarge"),
        ("/stream/fails", "Demo"),
        ("/stream/garbage", "Runtime.MalformedStream"),
    ] {
        let response = invoke(
            &local,
            "fixture-dev",
            &[],
            &format!("{{\"path\":\"{path}\"}}"),
        );
        assert_eq!(response.status, 200);
        assert_eq!(response.header("x-amz-function-error"), Some("Unhandled"));
        let part = format!("\"errorType\":\"{error_type}\"");
        assert!(response.body.contains(&part), "{path}: {}", response.body);
    }
    // A stream is told as a whole, as AWS Lambda does it.
    let response = invoke(&local, "api_handler", &[], "{\"path\":\"/streamed\"}");
    assert_eq!(response.header("x-amz-function-error"), None);
    assert_eq!(
        response.body,
        "{\"statusCode\":201,\"headers\":{\"x-a\":\"b\"}}\0\0\0\0\0\0\0\0"
    );
    // The API's requests reach the same function, and its list names others only.
    assert_eq!(local.get("/").body, "VERSION ONE");
    assert!(!local.log().contains("Functions are invoked by"));
}

/// A copy of the function that misbehaves.
struct Copy {
    parent: tempfile::TempDir,
}

impl Copy {
    fn new() -> Copy {
        let parent = tempfile::tempdir().unwrap();
        let copy = Copy { parent };
        for folder in ["src", ".chalice"] {
            fs::create_dir_all(copy.path(folder)).unwrap();
        }
        for file in ["Cargo.toml", "src/main.rs", "src/manifest.json"] {
            fs::copy(fixture().join(file), copy.path(file)).unwrap();
        }
        copy
    }

    /// With these functions, and without routes.
    fn with_functions(functions: serde_json::Value) -> Copy {
        let copy = Copy::new();
        let path = copy.path("src/manifest.json");
        let mut manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        manifest["functions"] = functions;
        manifest["routes"] = serde_json::json!([]);
        fs::write(&path, manifest.to_string()).unwrap();
        copy
    }

    fn path(&self, file: &str) -> PathBuf {
        self.parent.path().join("project").join(file)
    }

    fn serve(&self, arguments: &[&str]) -> Result<Local, (ExitStatus, String)> {
        let manifest = self.path("Cargo.toml");
        let arguments = [&["--manifest-path", manifest.to_str().unwrap()], arguments].concat();
        Local::try_start(&arguments, &self.parent.path().join("target"))
    }
}

#[test]
fn a_function_that_takes_too_long() {
    let copy = Copy::new();
    // Without such a setting it would be a minute.
    let config = r#"{ "version": "2.0", "app_name": "fixture", "lambda_timeout": 2 }"#;
    fs::write(copy.path(".chalice/config.json"), config).unwrap();
    let local = copy
        .serve(&["--no-autoreload"])
        .unwrap_or_else(|(_, log)| panic!("{log}"));
    let headers = [("X-Amz-Invocation-Type", "Event")];
    let begin = Instant::now();
    let response = invoke(&local, "api_handler", &headers, "{\"path\":\"/hang\"}");
    assert_eq!(response.status, 202);
    local.wait_for_log(
        "error: api_handler: Sandbox.Timedout: the app did not answer within 2 s, its `lambda_timeout`, and was stopped",
    );
    let elapsed = begin.elapsed().as_secs();
    assert!((1..30).contains(&elapsed), "{elapsed}");
    assert_eq!(local.get("/").body, "VERSION ONE");
}

#[test]
fn an_app_with_nothing_to_serve() {
    let Err((status, log)) = Copy::with_functions(serde_json::json!([])).serve(&[]) else {
        panic!("it serves");
    };
    assert_eq!(status.code(), Some(1));
    assert!(
        log.contains("error: the app `fixture` has neither routes nor other functions"),
        "{log}"
    );
}

#[test]
fn schedules_fire_when_they_are_asked_to() {
    let copy = Copy::with_functions(serde_json::json!([{
        "name": "tick", "type": "scheduled", "schedule": "cron(* * * * ? *)", "on_failure": null,
        "description": null, "source": {"module": "m", "item": "tick", "file": "src/main.rs", "line": 1},
    }]));
    let local = copy
        .serve(&["--no-autoreload", "--schedules"])
        .unwrap_or_else(|(_, log)| panic!("{log}"));
    local.wait_for_log("Schedule of `tick`, cron(* * * * ? *), fires first on ");
    // Within a minute, which is the finest that EventBridge has.
    local.wait_for_log("Schedule of `tick` fires: ");
    #[cfg(target_os = "linux")]
    {
        let start = Instant::now();
        while support::children(local.pid()).len() != 1 {
            assert!(start.elapsed().as_secs() < 10, "{}", local.log());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
    drop(local);
    let local = copy
        .serve(&["--no-autoreload"])
        .unwrap_or_else(|(_, log)| panic!("{log}"));
    local.wait_for_log("Schedules do not fire on this server without `--schedules`");
}
