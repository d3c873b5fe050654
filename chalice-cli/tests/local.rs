//! `cargo chalice local` with apps of the framework, over a socket.
#![cfg(unix)]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::{Local, Response, cargo_chalice};

const MISSING_AUTHENTICATION_TOKEN: &str = r#"{"message":"Missing Authentication Token"}"#;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The workspace's own target directory, where the framework is built already.
fn target_directory() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

fn helloworld(arguments: &[&str]) -> Local {
    example("helloworld", arguments)
}

fn example(package: &str, arguments: &[&str]) -> Local {
    let manifest = workspace().join("Cargo.toml");
    let arguments: Vec<&str> = [
        "--manifest-path",
        manifest.to_str().unwrap(),
        "--package",
        package,
    ]
    .into_iter()
    .chain(arguments.iter().copied())
    .collect();
    Local::start(&arguments, target_directory())
}

/// A stream that nobody could wait for the end of.
#[test]
fn a_stream_of_an_app_arrives_while_it_is_made() {
    let local = example("streaming", &["--concurrency", "2"]);
    assert_eq!(local.get("/summary").body, "all is well");
    let stream = TcpStream::connect(local.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let request = b"GET /export/1000000000000 HTTP/1.1\r\nHost: l\r\n\r\n";
    (&stream).write_all(request).unwrap();
    let lines: Vec<String> = BufReader::new(stream)
        .lines()
        .map_while(Result::ok)
        .take_while(|line| line != "1000,1000000")
        .collect();
    assert_eq!(lines[0], "HTTP/1.1 200 OK");
    for line in ["content-type: text/csv", "number,square", "999,998001"] {
        assert!(lines.iter().any(|known| known == line), "{line}");
    }
    // The client has hung up, and the function goes on; others are served.
    assert_eq!(local.get("/summary").body, "all is well");
}

fn status_and_body(response: &Response) -> (u16, &str) {
    (response.status, &response.body)
}

#[test]
fn known_routes() {
    let local = helloworld(&[]);
    let response = local.get("/");
    assert_eq!(status_and_body(&response), (200, r#"{"hello":"world"}"#));
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert!(response.header("x-amzn-requestid").is_some());
    assert_eq!(response.header("access-control-allow-origin"), None);

    let response = local.get("/cities/seattle");
    assert_eq!(status_and_body(&response), (200, r#"{"state":"WA"}"#));
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        local.get("/cities/portland/?q=%zz").body,
        r#"{"state":"OR"}"#
    );

    let response = local.get("/cities/new%20york");
    assert_eq!(
        status_and_body(&response),
        (
            400,
            r#"{"Code":"BadRequestError","Message":"unknown city 'new york'"}"#
        )
    );
    local.wait_for_log("GET /cities/seattle 200 14 B ");
}

#[test]
fn authorizers_run_as_functions_of_their_own() {
    let local = example("authorizers", &[]);
    let get =
        |path: &str, token: &str| local.request("GET", path, &[("Authorization", token)], b"");
    let response = get("/whoami", "Bearer alice");
    assert_eq!(
        status_and_body(&response),
        (200, r#"{"admin":false,"name":"alice"}"#)
    );
    // The decision is kept, and applied to another route.
    let response = get("/notes/bob", "Bearer alice");
    assert_eq!(
        status_and_body(&response),
        (
            403,
            r#"{"Message":"User is not authorized to access this resource"}"#
        )
    );
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("AccessDeniedException")
    );
    for response in [local.get("/whoami"), get("/whoami", "Basic bob")] {
        assert_eq!(
            status_and_body(&response),
            (401, r#"{"message":"Unauthorized"}"#)
        );
    }
    local.wait_for_log("error: bearer: Unauthorized: Unauthorized");
    assert_eq!(
        local.get("/reports/sales?key=secret").body,
        "sales for partner"
    );
    assert_eq!(local.get("/reports/sales?key=guess").status, 403);
}

#[test]
fn what_api_gateway_does_not_route() {
    let local = helloworld(&[]);
    for (method, path) in [
        ("GET", "/nope"),
        ("GET", "/cities"),
        ("GET", "/cities/"),
        ("GET", "/cities/a/b"),
        ("POST", "/"),
        ("OPTIONS", "/"),
        ("OPTIONS", "/nope"),
    ] {
        let response = local.request(method, path, &[], b"");
        assert_eq!(
            status_and_body(&response),
            (403, MISSING_AUTHENTICATION_TOKEN),
            "{method} {path}"
        );
        assert_eq!(
            response.header("x-amzn-errortype"),
            Some("MissingAuthenticationTokenException")
        );
        assert!(response.header("x-amzn-requestid").is_some());
    }
    let response = local.request("HEAD", "/", &[], b"");
    assert_eq!(status_and_body(&response), (403, ""));
    let response = local.request("GET", "/nope", &[("Authorization", "tok")], b"");
    assert_eq!(response.status, 403);
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("IncompleteSignatureException")
    );
    assert!(
        response.body.ends_with("Authorization=tok\"}"),
        "{}",
        response.body
    );
}

#[test]
fn preflight() {
    let local = helloworld(&[]);
    let headers = [
        ("Origin", "https://example.com"),
        ("Access-Control-Request-Method", "GET"),
    ];
    let response = local.request("OPTIONS", "/cities/seattle", &headers, b"");
    assert_eq!(status_and_body(&response), (200, ""));
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET,OPTIONS"),
        (
            "access-control-allow-headers",
            "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key",
        ),
    ] {
        assert_eq!(response.header(name), Some(value));
    }
}

#[test]
fn parallel_requests() {
    let local = helloworld(&["--concurrency", "3"]);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for (city, body) in [
                    ("seattle", r#"{"state":"WA"}"#),
                    ("portland", r#"{"state":"OR"}"#),
                ] {
                    let response = local.get(&format!("/cities/{city}"));
                    assert_eq!(status_and_body(&response), (200, body));
                }
            });
        }
    });
}

#[test]
#[cfg(target_os = "linux")]
fn shutdown_leaves_no_process() {
    let local = helloworld(&[]);
    local.get("/");
    let children = support::children(local.pid());
    assert_eq!(children.len(), 1);
    let address = local.address;
    assert_eq!(local.stop(Signal::INT).code(), Some(0));
    assert!(!support::runs(children[0]));
    std::net::TcpListener::bind(address).unwrap();
}

/// A new project in a temporary folder, with the workspace's versions of its dependencies.
///
/// Each test has a name of its own: in a shared target directory, Cargo takes
/// two projects of one name for one project.
fn new_project(parent: &Path, name: &str) -> PathBuf {
    let output = cargo_chalice()
        .args(["new-project", name])
        .current_dir(parent)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let project = parent.join(name);
    fs::copy(workspace().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    project
}

fn wait_for_body(local: &Local, path: &str, body: &str) {
    let start = Instant::now();
    while local.get(path).body != body {
        assert!(
            start.elapsed() < Duration::from_secs(120),
            "{body} does not appear:\n{}",
            local.log()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_saved_source_is_built_and_served() {
    let parent = tempfile::tempdir().unwrap();
    let project = new_project(parent.path(), "reload-demo");
    let local = Local::start(
        &[
            "--manifest-path",
            project.join("Cargo.toml").to_str().unwrap(),
        ],
        target_directory(),
    );
    assert_eq!(local.get("/").body, r#"{"hello":"world"}"#);

    let source = project.join("src/main.rs");
    let original = fs::read_to_string(&source).unwrap();

    // While it does not compile, the old version serves.
    fs::write(
        &source,
        original.replace("Json(json!({ \"hello\": \"world\" }))", "broken"),
    )
    .unwrap();
    local.wait_for_log("cannot find value `broken`");
    local.wait_for_log("The last version that compiled keeps serving.");
    assert_eq!(local.get("/").body, r#"{"hello":"world"}"#);

    // A mended one takes over, with another answer, another route and a log.
    let mended = original
        .replace(
            r#"    Json(json!({ "hello": "world" }))"#,
            r#"    tracing::warn!(answer = 17, "two\nlines"); Json(json!({ "hello": "again" }))"#,
        )
        .replace(r#"#[route("/cities/<city>""#, r#"#[route("/towns/<city>""#);
    fs::write(&source, mended).unwrap();
    wait_for_body(&local, "/", r#"{"hello":"again"}"#);
    assert_eq!(local.get("/towns/seattle").body, r#"{"state":"WA"}"#);
    assert_eq!(local.get("/cities/seattle").status, 403);
    assert!(local.log().contains("Reloaded"));
    let log = local.log();
    let line = log
        .lines()
        .find(|line| line.contains(" WARN ["))
        .unwrap_or_else(|| panic!("{log}"));
    assert!(
        line.ends_with(r" GET /] reload_demo: two\nlines answer=17"),
        "{line}"
    );
}

#[test]
fn a_source_that_never_compiled_is_not_served() {
    let parent = tempfile::tempdir().unwrap();
    let project = new_project(parent.path(), "broken-demo");
    fs::write(project.join("src/main.rs"), "fn main() { broken }").unwrap();
    let manifest = project.join("Cargo.toml");
    let arguments = ["--manifest-path", manifest.to_str().unwrap()];
    let (status, log) = Local::try_start(&arguments, target_directory())
        .err()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("cannot find value `broken`"), "{log}");
    assert!(
        log.trim_end()
            .ends_with("error: the app does not build: cargo's own messages above say why")
    );
}
