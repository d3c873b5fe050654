//! Templates of `cargo chalice package`, deployed on LocalStack: what comes over HTTP, from Amazon S3 and from Amazon
//! SQS reaches the `bootstrap` of the package.
//!
//! LocalStack needs Python 3.13. Where there is none, the test says so.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use verifiers::{LocalStack, Stack, localstack_environment};

use crate::{
    cargo::{self, exclusive, forget_this_package, scratch, succeed, target_directory},
    new_project::cargo_chalice,
};

/// Longer than any answer and any event takes.
const PATIENCE: Duration = Duration::from_secs(60);

const BUCKET: &str = "end-to-end-arrivals";
const QUEUE: &str = "end-to-end-parcels";

#[test]
fn packages_are_deployed_and_work() {
    if localstack_environment().is_none() {
        eprintln!(
            "NOT RUN: the templates are not deployed on LocalStack, which needs Python 3.13 with venv, on the \
             PATH or by pyenv; with one, run `cargo xtask verifiers`"
        );
        return;
    }
    let todo = package(cargo::workspace(), "todo", &["--package", "todo"]);
    let arrivals = package(&arrivals_project(), "arrivals", &[]);
    let start = Instant::now();
    let localstack = LocalStack::start().unwrap_or_else(|error| panic!("{error}"));
    let localstack = localstack.expect("a Python for LocalStack, as a moment ago");
    an_unknown_resource_is_no_deployment(&localstack);
    http_requests_reach_the_api(&localstack, &todo);
    objects_and_messages_reach_their_functions(&localstack, &arrivals);
    let address = localstack.address().to_owned();
    drop(localstack);
    assert!(TcpStream::connect(address).is_err(), "it still listens");
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("LocalStack has deployed both apps, which have answered, in {seconds:.1} s");
}

/// So a good end of the others means something.
fn an_unknown_resource_is_no_deployment(localstack: &LocalStack) {
    let folder = empty_folder("localstack-unknown");
    let template = json!({ "Resources": { "Unknown": { "Type": "AWS::Lambda::Funktion", "Properties": {} } } });
    fs::write(folder.join("sam.json"), template.to_string()).unwrap();
    let error = localstack.deploy("unknown", &folder).unwrap_err();
    assert!(error.to_string().contains("not supported"), "{error}");
}

fn http_requests_reach_the_api(localstack: &LocalStack, folder: &Path) {
    let stack = localstack.deploy("todo", folder).unwrap();
    let api = &stack.outputs["RestAPIId"];
    let request = |method: &str, path: &str, body: &str| {
        let path = format!("/_aws/execute-api/{api}/api{path}");
        http(localstack.address(), method, &path, body)
    };
    let item = r#"{"id":1,"title":"buy milk","done":false}"#;
    let created = request("POST", "/items", r#"{"title": "buy milk"}"#);
    assert_eq!((created.status, created.body.as_str()), (201, item));
    let read = request("GET", "/items/1", "");
    assert_eq!((read.status, read.body.as_str()), (200, item));
    assert!(
        read.head.contains("\r\naccess-control-allow-origin: *\r\n"),
        "{}",
        read.head
    );
    let missing = request("GET", "/items/17", "");
    let message = r#"{"Code":"NotFoundError","Message":"no item has the id 17"}"#;
    assert_eq!((missing.status, missing.body.as_str()), (404, message));
    // API Gateway answers these itself.
    let preflight = request("OPTIONS", "/items/1", "");
    let methods = "\r\naccess-control-allow-methods: get,put,patch,delete,options\r\n";
    assert_eq!(preflight.status, 200);
    assert!(preflight.head.contains(methods), "{}", preflight.head);
    let nowhere = request("GET", "/nowhere", "");
    assert_eq!(nowhere.status, 403, "{}", nowhere.body);
}

fn objects_and_messages_reach_their_functions(localstack: &LocalStack, folder: &Path) {
    let call = |service: &str, operation: &str, input: Value| {
        let output = localstack.call(service, operation, &input);
        output.unwrap_or_else(|error| panic!("{error}"))
    };
    // Both are there before the app, whose template refers to them.
    call("s3", "create_bucket", json!({ "Bucket": BUCKET }));
    let attributes = json!({ "VisibilityTimeout": "360" });
    let queue = json!({ "QueueName": QUEUE, "Attributes": attributes });
    let queue = call("sqs", "create_queue", queue)["QueueUrl"].take();
    let stack = localstack.deploy("arrivals", folder).unwrap();

    // The first is none that the app has a handler for.
    for key in ["bills/may.txt", "letters/may.txt"] {
        let object = json!({ "Bucket": BUCKET, "Key": key, "Body": "Dear all" });
        call("s3", "put_object", object);
    }
    let messages = json!([
        { "Id": "good", "MessageBody": r#"{"sender": "Ann", "weight": 3}"# },
        { "Id": "bad", "MessageBody": r#"{"sender": "Bob", "weight": 0}"# },
    ]);
    let batch = json!({ "QueueUrl": queue, "Entries": messages });
    call("sqs", "send_message_batch", batch);

    let letter = "letters/may.txt of Some(8) bytes in end-to-end-arrivals at dock 7";
    wait_for("the object's line in the log", || {
        messages_of(localstack, &stack, "Letter")
            .iter()
            .any(|it| it == letter)
    });
    let parcel = "3 kg of Ann at dock 7";
    wait_for("the message's line in the log", || {
        messages_of(localstack, &stack, "Parcel")
            .iter()
            .any(|it| it == parcel)
    });
    // What failed is to come again, when it is visible; what did not is gone.
    let names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
    ];
    wait_for("the end of the message", || {
        let input = json!({ "QueueUrl": queue, "AttributeNames": names });
        let output = call("sqs", "get_queue_attributes", input);
        names.map(|name| output["Attributes"][name].clone()) == ["0", "1"]
    });
    let lines = messages_of(localstack, &stack, "Letter");
    assert!(!lines.iter().any(|it| it.contains("bills")), "{lines:?}");

    // The stack takes its notifications with it.
    let notifications = || {
        let bucket = json!({ "Bucket": BUCKET });
        call("s3", "get_bucket_notification_configuration", bucket)
    };
    let set = &notifications()["LambdaFunctionConfigurations"];
    assert_eq!(set.as_array().map(Vec::len), Some(1), "{set}");
    let stack = json!({ "StackName": "arrivals" });
    call("cloudformation", "delete_stack", stack);
    wait_for("the end of the notifications", || {
        notifications() == json!({})
    });
}

/// The messages in the log of the function with that logical id.
fn messages_of(localstack: &LocalStack, stack: &Stack, function: &str) -> Vec<String> {
    let group = format!("/aws/lambda/{}", stack.resources[function]);
    let input = json!({ "logGroupName": group });
    // Before the first line there is no such group.
    let Ok(output) = localstack.call("logs", "filter_log_events", &input) else {
        return Vec::new();
    };
    let lines = output["events"].as_array().unwrap().iter();
    lines
        .filter_map(|line| serde_json::from_str::<Value>(line["message"].as_str()?).ok())
        .filter_map(|line| Some(line["message"].as_str()?.to_owned()))
        .collect()
}

#[track_caller]
fn wait_for(what: &str, mut has_come: impl FnMut() -> bool) {
    let start = Instant::now();
    while !has_come() {
        assert!(start.elapsed() < PATIENCE, "{what} does not come");
        thread::sleep(Duration::from_millis(200));
    }
}

/// What `cargo chalice package` writes there.
fn package(project: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let out = empty_folder(&format!("localstack-{name}"));
    let program = cargo_chalice();
    let _exclusive = exclusive();
    let mut command = Command::new(program);
    forget_this_package(&mut command);
    // LocalStack runs the package on this machine.
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        architecture => architecture,
    };
    succeed(
        command
            .current_dir(project)
            .args(["chalice", "package", "--profile", "dev"])
            .args(["--builder", "cargo", "--arch", architecture])
            .args(arguments)
            .arg(&out)
            .env("CARGO_TARGET_DIR", target_directory())
            .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only"),
    );
    out
}

/// An app with a handler for objects and one for messages.
fn arrivals_project() -> PathBuf {
    let manifest = format!(
        r#"[package]
name = "end-to-end-arrivals"
version = "0.1.0"
edition = "2024"

[dependencies]
chalice = {{ path = {} }}
serde = {{ version = "1", features = ["derive"] }}

[workspace]
"#,
        cargo::toml_path("chalice")
    );
    let files = [
        ("Cargo.toml", manifest.as_str()),
        (
            "src/main.rs",
            include_str!("localstack/arrivals/src/main.rs"),
        ),
        (
            ".chalice/config.json",
            include_str!("localstack/arrivals/.chalice/config.json"),
        ),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    cargo::project("end-to-end-arrivals", &files)
}

fn empty_folder(name: &str) -> PathBuf {
    let folder = scratch(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

struct Response {
    status: u16,
    /// Status line and headers, with names and values in small letters.
    head: String,
    body: String,
}

fn http(address: &str, method: &str, path: &str, body: &str) -> Response {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.0\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    Response {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: format!("{head}\r\n").to_ascii_lowercase(),
        body: body.to_owned(),
    }
}
