//! `cargo chalice local` with a function that misbehaves on request.
#![cfg(unix)]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::Local;

const INTERNAL_SERVER_ERROR: &str = r#"{"message": "Internal server error"}"#;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bootstrap/Cargo.toml")
}

fn target_directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bootstrap-fixture")
}

fn start(arguments: &[&str]) -> Local {
    let fixture = fixture();
    let arguments: Vec<&str> = [
        "--manifest-path",
        fixture.to_str().unwrap(),
        "--no-autoreload",
    ]
    .into_iter()
    .chain(arguments.iter().copied())
    .collect();
    Local::start(&arguments, &target_directory())
}

#[test]
fn one_process_serves_one_request_after_the_other() {
    let local = start(&[]);
    let first = local.get("/served").body;
    let (pid, served) = first.split_once(' ').unwrap();
    assert_eq!(served, "1");
    assert_eq!(local.get("/served").body, format!("{pid} 2"));
}

#[test]
fn a_process_that_dies_is_replaced() {
    let local = start(&[]);
    let first = local.get("/served").body;
    let response = local.get("/die");
    assert_eq!(
        (response.status, response.body.as_str()),
        (502, INTERNAL_SERVER_ERROR)
    );
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("InternalServerErrorException")
    );
    local.wait_for_log("the app ended with exit status: 3 before it answered");
    local.wait_for_log("GET /die 502 36 B ");
    let second = local.get("/served").body;
    assert!(second.ends_with(" 1"), "{first} {second}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_process_that_does_not_answer_in_time_is_stopped() {
    let local = start(&["--concurrency", "1"]);
    local.get("/served");
    let children = support::children(local.pid());
    let begin = Instant::now();
    // API Gateway's integration timeout is 29 seconds.
    let response = local.get("/hang");
    assert!(
        (29..32).contains(&begin.elapsed().as_secs()),
        "{:?}",
        begin.elapsed()
    );
    assert_eq!(
        (response.status, response.body.as_str()),
        (504, r#"{"message": "Endpoint request timed out"}"#)
    );
    assert!(local.get("/served").body.ends_with(" 1"));
    assert!(
        children.iter().all(|pid| !support::runs(*pid)),
        "{children:?}"
    );
}

#[test]
fn requests_in_progress_end_on_the_version_on_which_they_began() {
    let parent = tempfile::tempdir().unwrap();
    let project = parent.path().join("project");
    fs::create_dir_all(project.join("src")).unwrap();
    let original = fixture().parent().unwrap().to_owned();
    for file in ["Cargo.toml", "src/main.rs", "src/manifest.json"] {
        fs::copy(original.join(file), project.join(file)).unwrap();
    }
    let manifest = project.join("Cargo.toml");
    let local = Local::start(
        &["--manifest-path", manifest.to_str().unwrap()],
        &parent.path().join("target"),
    );
    assert_eq!(local.get("/").body, "VERSION ONE");
    let address = local.address;
    let in_progress =
        std::thread::spawn(move || support::request(address, "GET", "/slower", &[], b""));
    // The request has to arrive before the change.
    std::thread::sleep(Duration::from_millis(300));

    // Many editors write a new file and rename it.
    let source = project.join("src/main.rs");
    let changed = fs::read_to_string(&source)
        .unwrap()
        .replace("VERSION ONE", "VERSION TWO");
    fs::write(project.join("src/.main.rs.new"), changed).unwrap();
    fs::rename(project.join("src/.main.rs.new"), &source).unwrap();
    local.wait_for_log("Reloaded");
    assert_eq!(local.get("/").body, "VERSION TWO");
    let response = in_progress.join().unwrap();
    assert_eq!(
        (response.status, response.body.as_str()),
        (200, "done"),
        "{}",
        local.log()
    );
}

#[test]
fn failures_are_hidden_from_the_client_and_told_to_the_developer() {
    let local = start(&[]);
    for (path, told) in [
        ("/error", "error: api_handler: Demo: as asked"),
        (
            "/malformed",
            "API Gateway does not accept what the app returned: the response is not a JSON object",
        ),
        (
            "/large",
            "the response is larger than the 6 MB that AWS Lambda returns",
        ),
    ] {
        let response = local.get(path);
        assert_eq!(
            (response.status, response.body.as_str()),
            (502, INTERNAL_SERVER_ERROR),
            "{path}"
        );
        local.wait_for_log(told);
    }
    // None of them ended the process.
    assert!(local.get("/served").body.ends_with(" 4"));
}

#[test]
fn a_streamed_response_reaches_the_client_while_it_is_made() {
    let local = start(&[]);
    let stream = TcpStream::connect(local.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let request = b"GET /stream/relay HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n";
    (&stream).write_all(request).unwrap();
    let mut lines = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        line.trim().to_ascii_lowercase()
    };
    let head: Vec<String> =
        std::iter::from_fn(|| Some(line()).filter(|line| !line.is_empty())).collect();
    assert_eq!(head[0], "http/1.1 201 created");
    for header in ["x-a: b", "transfer-encoding: chunked"] {
        assert!(head.iter().any(|line| line == header), "{head:?}");
    }
    // A chunk's length, and the chunk: the port at which the function waits
    // before it makes the next one.
    let _length = line();
    let port: u16 = line().parse().unwrap();
    // It is busy meanwhile, and others are served.
    assert!(local.get("/served").body.ends_with(" 1"));
    TcpStream::connect(("127.0.0.1", port)).unwrap();
    assert_eq!([line(), line(), line(), line()], ["", "6", "second", "0"]);
    local.wait_for_log("GET /stream/relay 201 ");
}

#[test]
fn a_stream_that_ends_early_ends_the_connection() {
    let local = start(&["--concurrency", "1"]);
    for (path, told) in [
        (
            "/stream/fails",
            "error: GET /stream/fails: the stream ended early: Demo: out of ink",
        ),
        (
            "/stream/dies",
            "error: GET /stream/dies: the stream ended early: Runtime.TruncatedResponse: ",
        ),
    ] {
        let response = local.get(path);
        // The one chunk, and not the last one, which is empty.
        assert_eq!(
            (response.status, response.body.as_str()),
            (200, "4\r\npart\r\n"),
            "{path}"
        );
        local.wait_for_log(told);
    }
    assert!(local.get("/served").body.ends_with(" 1"));
}

#[test]
fn function_and_route_have_to_agree_about_streams() {
    let local = start(&["--concurrency", "1"]);
    for (path, told) in [
        (
            "/stream/not",
            "the response is not streamed, and the route's",
        ),
        ("/streamed", "the response is streamed, and the route's"),
        (
            "/stream/garbage",
            "the stream does not begin with a JSON object and eight NUL bytes",
        ),
    ] {
        let response = local.get(path);
        assert_eq!(
            (response.status, response.body.as_str()),
            (502, INTERNAL_SERVER_ERROR),
            "{path}"
        );
        local.wait_for_log(told);
    }
    assert!(local.get("/served").body.ends_with(" 4"));
}

#[test]
fn requests_at_once_run_in_processes_of_their_own() {
    let local = start(&["--concurrency", "2"]);
    let begin = Instant::now();
    let pids: Vec<String> = std::thread::scope(|scope| {
        let requests: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| local.get("/slow").body))
            .collect();
        requests
            .into_iter()
            .map(|request| request.join().unwrap())
            .collect()
    });
    // 0.7 s each, two at a time.
    assert!(
        begin.elapsed() >= Duration::from_millis(1400),
        "{:?}",
        begin.elapsed()
    );
    let mut distinct = pids.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 2, "{pids:?}");
}

#[test]
fn the_environment_is_the_one_of_lambda() {
    let local = start(&["--stage", "prod"]);
    assert_eq!(
        local.get("/environment").body,
        "_HANDLER=api_handler AWS_LAMBDA_FUNCTION_NAME=fixture-prod AWS_LAMBDA_FUNCTION_VERSION=$LATEST \
         AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128 AWS_LAMBDA_INITIALIZATION_TYPE=on-demand \
         AWS_LAMBDA_LOG_FORMAT=Text AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/fixture-prod AWS_REGION=us-east-1 TZ=:UTC CHALICE_DEBUG=1"
    );
}

#[test]
fn a_body_above_the_quota() {
    let local = start(&[]);
    let body = vec![b'x'; 10 * 1024 * 1024 + 1];
    let response = local.request("POST", "/", &[("Expect", "100-continue")], &body);
    assert_eq!(
        (response.status, response.body.as_str()),
        (413, r#"{"message":"Request Too Long"}"#)
    );
    assert_eq!(local.request("POST", "/", &[], b"small").status, 200);
}

#[test]
fn guarded_routes_are_pointed_out() {
    let local = start(&[]);
    let warning = "warning: GET /guarded is unprotected on this server: only AWS enforces its authorizer \
                   `sigv4` and its API key";
    assert_eq!(local.log().matches(warning).count(), 1, "{}", local.log());
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_ends_everything() {
    for signal in [Signal::INT, Signal::TERM] {
        let local = start(&[]);
        let address = local.address;
        local.get("/served");
        // One is idle, and one in the middle of a request.
        std::thread::spawn(move || {
            let _ =
                std::panic::catch_unwind(|| support::request(address, "GET", "/slow", &[], b""));
        });
        std::thread::sleep(Duration::from_millis(200));
        local.get("/served");
        let children = support::children(local.pid());
        assert_eq!(children.len(), 2);
        let status = local.stop(signal);
        assert_eq!(status.code(), Some(0));
        assert!(
            children.iter().all(|pid| !support::runs(*pid)),
            "{children:?}"
        );
        TcpListener::bind(address).unwrap();
    }
}

#[test]
fn a_port_in_use() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let output = support::cargo_chalice()
        .args(["local", "--port", &port, "--manifest-path"])
        .arg(fixture())
        .env("CARGO_TARGET_DIR", target_directory())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.contains(&format!("error: port {port} of 127.0.0.1 is in use")),
        "{error}"
    );
    assert!(error.contains("`--port`"), "{error}");
}
