//! `cargo chalice invoke --local`, with functions of every source.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Runs `cargo chalice invoke` in the workspace, with that on the standard input.
fn invoke(package: &str, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-chalice"))
        .args(["chalice", "invoke", "--package", package])
        .args(arguments)
        .current_dir(workspace())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
        )
        .env_remove("AWS_LAMBDA_LOG_FORMAT")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that needs no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What the function of the example `events` returns, and what it logs.
#[track_caller]
fn answer(name: &str, arguments: &[&str], input: &str) -> (String, String) {
    let output = invoke(
        "events",
        &[&["--local", "-n", name], arguments].concat(),
        input,
    );
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{log}");
    (String::from_utf8(output.stdout).unwrap(), log)
}

/// How the command fails: the last line of the standard error.
#[track_caller]
fn error(package: &str, arguments: &[&str], input: &str) -> String {
    let output = invoke(package, arguments, input);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let log = String::from_utf8(output.stderr).unwrap();
    log.lines().last().unwrap_or_default().to_owned()
}

const TEA: &str = r#"{"article": "tea", "count": 2}"#;

#[test]
fn events_from_options() {
    let push = r#"{"repositoryName": "shop", "referenceName": "main"}"#;
    for (name, arguments, returned, logged) in [
        (
            "resize",
            &["--event", "s3", "--key", "images/a b.jpg", "--size", "2000"][..],
            "null\n",
            "images/a b.jpg in mybucket",
        ),
        (
            "notify",
            &["--event", "sns", "--message", "hello", "--subject", "hi"],
            "null\n",
            "hi: hello",
        ),
        (
            "order",
            &["--event", "sqs", "--body", TEA, "--body", "{}"],
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"message-id-2\"}]}\n",
            "2 of tea",
        ),
        (
            "click",
            &["--event", "kinesis", "--data", "one", "--data", "two"],
            "{\"batchItemFailures\":[]}\n",
            "two",
        ),
        (
            "stored",
            &["--event", "dynamodb", "--new-image", TEA],
            "{\"batchItemFailures\":[]}\n",
            "stored 2 of tea",
        ),
        (
            "pushed",
            &[
                "--event",
                "cloudwatch",
                "--detail-type",
                "Push",
                "--detail",
                push,
            ],
            "null\n",
            "main of shop",
        ),
        (
            "sweep",
            &["--event", "schedule", "--rule", "nightly"],
            "null\n",
            "swept for nightly",
        ),
        (
            "websocket_connect",
            &["--header", "X-Key: open sesame"],
            "{\"statusCode\":200}\n",
            "",
        ),
        (
            "websocket_disconnect",
            &["--connection-id", "c-17"],
            "{\"statusCode\":200}\n",
            "c-17 is gone",
        ),
    ] {
        let (answer, log) = answer(name, arguments, "not read");
        assert_eq!(answer, returned, "{name}");
        assert!(log.contains(logged), "{name}: {log}");
    }
    let (answer, _) = answer(
        "websocket_message",
        &["--event", "websocket", "--body", "hi"],
        "",
    );
    assert!(answer.contains(r#""body":"HI""#), "{answer}");
}

#[test]
fn events_from_files_and_from_the_standard_input() {
    assert_eq!(answer("Checkout", &[], TEA).0, "{\"total\":6}\n");
    assert_eq!(
        answer("events-dev-Checkout", &["--payload", "-"], TEA).0,
        "{\"total\":6}\n"
    );
    let stage = [
        "--stage",
        "prod",
        "--payload",
        "examples/events/events/sns.json",
    ];
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:events-prod-notify";
    let (answer, log) = answer(arn, &stage, "not read");
    assert_eq!(answer, "null\n");
    assert!(log.contains("TestInvoke: Hello from SNS!"), "{log}");
}

#[test]
fn functions_that_fail() {
    assert_eq!(
        error(
            "events",
            &[
                "--local",
                "-n",
                "resize",
                "--event",
                "s3",
                "--key",
                "images/a.jpg"
            ],
            ""
        ),
        "error: the function `resize` failed: TooSmall: the image has 0 bytes"
    );
    // Nothing on the standard input is an empty object.
    let refusal = error("events", &["--local", "-n", "Checkout"], "");
    assert!(
        refusal.starts_with("error: the function `Checkout` failed: Chalice.MalformedEvent: "),
        "{refusal}"
    );
}

#[test]
fn mistakes_on_the_command_line() {
    // The package is none, so that nothing is built.
    for (arguments, input, beginning) in [
        (
            &["-n", "x"][..],
            "",
            "error: `cargo chalice invoke` without `--local` is for functions that are deployed",
        ),
        (
            &["--local", "-n", "x"],
            "{\"a\": }",
            "error: the payload from the standard input is no JSON, and AWS Lambda takes nothing else: expected \
             value at line 1 column 7",
        ),
        (
            &["--local", "-n", "x", "--payload", "no/such.json"],
            "",
            "error: cannot read the payload from no/such.json: ",
        ),
        (
            &[
                "--local", "-n", "x", "--event", "s3", "--key", "k", "--queue", "q",
            ],
            "",
            "error: `--queue` says nothing about events of the source `s3`, whose options are `--bucket`, `--key`",
        ),
        (
            &["--local", "-n", "x", "--event", "sqs"],
            "",
            "error: an event of the source `sqs` needs `--body`: ",
        ),
        (
            &["--local", "-n", "x", "--payload", "-", "--key", "k"],
            "{}",
            "error: `--payload` is the event, and so is what `--event` and its options make",
        ),
        (
            &["--local", "-n", "x"],
            "{}",
            "error: the workspace has no package `nothing`",
        ),
    ] {
        let error = error("nothing", arguments, input);
        assert!(error.starts_with(beginning), "{error}");
    }
    assert_eq!(
        error("events", &["--local", "-n", "resise"], "{}"),
        "error: the app `events` has no function `resise`; did you mean `resize`? It has `Checkout`, `resize`, \
         `notify`, `order`, `orders`, `click`, `stored`, `pushed`, `sweep`, `websocket_connect`, \
         `websocket_message` and `websocket_disconnect`"
    );
}

#[test]
fn requests_to_the_api() {
    let http = ["--local", "-n", "api_handler", "--event", "http", "--path"];
    let output = invoke(
        "helloworld",
        &[&http[..], &["/cities/seattle"]].concat(),
        "",
    );
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(
        answer.contains(r#""body":"{\"state\":\"WA\"}""#),
        "{answer}"
    );
    assert_eq!(
        error("helloworld", &[&http[..], &["/nowhere"]].concat(), ""),
        "error: API Gateway answers GET /nowhere by itself, and invokes no function: 403 Forbidden \
         {\"message\":\"Missing Authentication Token\"}"
    );
}

#[test]
fn authorizers_are_functions_too() {
    let request = r#"{
        "type": "TOKEN", "authorizationToken": "allow",
        "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/api/GET/whoami"
    }"#;
    let output = invoke("authorizers", &["--local", "-n", "bearer"], request);
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.contains("policyDocument"), "{answer}");
}
