//! `cargo chalice local` with a WebSocket API, over sockets.
#![cfg(unix)]

mod support;

use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::{Value, json};
use support::Local;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::tungstenite::{Error, HandshakeError, Message, WebSocket, client};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/websocket")
}

fn target_directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("websocket-fixture")
}

fn start(arguments: &[&str]) -> Local {
    let manifest = fixture().join("Cargo.toml");
    let arguments: Vec<&str> = [
        "--manifest-path",
        manifest.to_str().unwrap(),
        "--no-autoreload",
    ]
    .into_iter()
    .chain(arguments.iter().copied())
    .collect();
    Local::start(&arguments, &target_directory())
}

/// A client with an open connection.
struct Client {
    socket: WebSocket<TcpStream>,
    /// The subprotocol that the server has chosen.
    protocol: Option<String>,
}

impl Client {
    fn connect(local: &Local) -> Client {
        Client::try_connect(local, "/api", None).unwrap()
    }

    /// Asks for a connection; the error is the status of the refusal, and its body.
    fn try_connect(
        local: &Local,
        target: &str,
        protocol: Option<&str>,
    ) -> Result<Client, (u16, String)> {
        let stream = TcpStream::connect(local.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let url = format!("ws://{}{target}", local.address);
        let mut request: Request<()> = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("user-agent", "test/1".parse().unwrap());
        if let Some(protocol) = protocol {
            headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
        }
        match client(request, stream) {
            Ok((socket, response)) => {
                let protocol = response.headers().get("sec-websocket-protocol");
                let protocol = protocol.map(|value| value.to_str().unwrap().to_owned());
                Ok(Client { socket, protocol })
            }
            Err(HandshakeError::Failure(Error::Http(response))) => {
                let body = response.body().clone().unwrap_or_default();
                Err((response.status().as_u16(), String::from_utf8(body).unwrap()))
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn send(&mut self, text: &str) {
        self.socket.send(Message::text(text)).unwrap();
    }

    /// The next text that the client gets.
    fn text(&mut self) -> String {
        match self.socket.read().unwrap() {
            Message::Text(text) => text.as_str().to_owned(),
            message => panic!("expected a text, got {message:?}"),
        }
    }

    /// The text that the client gets for one that it sends.
    fn ask(&mut self, text: &str) -> String {
        self.send(text);
        self.text()
    }

    fn event(&mut self) -> Value {
        serde_json::from_str(&self.ask("event")).unwrap()
    }

    fn id(&mut self) -> String {
        self.event()["requestContext"]["connectionId"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The code and the reason of the close frame that comes next; then the server closes the stream.
    fn closed(&mut self) -> (u16, String) {
        let frame = match self.socket.read().unwrap() {
            Message::Close(Some(frame)) => frame,
            message => panic!("expected a close frame, got {message:?}"),
        };
        assert!(matches!(self.socket.read(), Err(Error::ConnectionClosed)));
        (frame.code.into(), frame.reason.as_str().to_owned())
    }
}

fn manage(local: &Local, method: &str, id: &str, body: &[u8]) -> (u16, String) {
    let path = format!("/api/@connections/{id}");
    let response = local.request(method, &path, &[], body);
    (response.status, response.body)
}

#[test]
fn messages_reach_their_functions() {
    let local = start(&[]);
    let expected = format!("Serving WebSockets on ws://{}/api", local.address);
    local.wait_for_log(&expected);
    let mut client = Client::connect(&local);
    assert_eq!(client.ask("echo hello"), "hello");
    assert_eq!(client.ask(r#"{"action":"join"}"#), "joined");
    // A status code of a message's function means nothing to the client.
    client.send("refuse");
    assert_eq!(client.ask("echo again"), "again");

    let event = client.event();
    let context = &event["requestContext"];
    assert_eq!(event["body"], "event");
    for (name, value) in [
        ("routeKey", json!("$default")),
        ("eventType", json!("MESSAGE")),
        ("stage", json!("api")),
        ("domainName", json!(local.address.to_string())),
        (
            "identity",
            json!({ "userAgent": "test/1", "sourceIp": "127.0.0.1" }),
        ),
    ] {
        assert_eq!(context[name], value, "{name}");
    }
    let environment = client.ask("environment");
    assert_eq!(
        environment,
        format!(
            "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI=http://{}/api \
             AWS_LAMBDA_FUNCTION_NAME=chat-dev-websocket_message",
            local.address
        )
    );
    let id = context["connectionId"].as_str().unwrap();
    local.wait_for_log(&format!("CONNECT {id} 101 "));
    local.wait_for_log(&format!("MESSAGE {id} $default 10 B "));
    local.wait_for_log(&format!("MESSAGE {id} join 17 B "));
}

#[test]
fn the_function_of_connect_decides() {
    let local = start(&[]);
    let refused = |target: &str| Client::try_connect(&local, target, None).err().unwrap();
    assert_eq!(refused("/api?status=401"), (401, String::new()));
    assert_eq!(refused("/?status=301"), (301, String::new()));
    for target in ["/api?fail=x", "/api?malformed=x"] {
        let (status, body) = refused(target);
        assert_eq!(status, 502);
        assert!(
            body.starts_with(r#"{"message": "Internal server error", "connectionId":""#),
            "{body}"
        );
    }
    local.wait_for_log("error: websocket_connect: Demo: as asked");
    local.wait_for_log(
        "error: websocket_connect: API Gateway does not accept what the app returned: ",
    );
    local.wait_for_log("GET /api 401 0 B ");
    // Before the function has agreed, there is no connection to send to.
    assert_eq!(refused("/api?self=x"), (410, String::new()));

    let client = Client::try_connect(&local, "/?status=204", None).unwrap();
    assert_eq!(client.protocol, None);
    let client = Client::try_connect(&local, "/api/?protocol=chat", Some("chat, other")).unwrap();
    assert_eq!(client.protocol.as_deref(), Some("chat"));
}

#[test]
fn what_is_no_handshake_is_refused() {
    let local = start(&[]);
    assert_eq!(
        Client::try_connect(&local, "/dev", None).err().unwrap().0,
        403
    );
    local.wait_for_log(
        "note: no WebSocket at /dev: the app's WebSocket API has the path /api alone",
    );
    let headers = [("Upgrade", "websocket")];
    let response = local.request("GET", "/api", &headers, b"");
    assert_eq!(response.status, 400);
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("BadRequestException")
    );
    local.wait_for_log("note: no WebSocket at /api: the request is not a handshake of version 13");
    // What does not ask for an upgrade is for the REST API, which this app has not.
    assert_eq!(local.get("/api").status, 403);
}

#[test]
fn functions_that_fail_leave_the_connection_open() {
    let local = start(&[]);
    let mut client = Client::connect(&local);
    for text in ["fail", "malformed", "die"] {
        let reply = client.ask(text);
        assert!(
            reply.starts_with(r#"{"message": "Internal server error", "connectionId":""#),
            "{text}: {reply}"
        );
    }
    assert_eq!(client.ask("echo still there"), "still there");
    local.wait_for_log("error: websocket_message: Demo: as asked");
    local.wait_for_log("error: websocket_message: the app ended with exit status: 3");
}

#[test]
fn messages_do_not_wait_for_each_other() {
    let local = start(&["--concurrency", "2"]);
    let mut client = Client::connect(&local);
    client.send("slow");
    assert_eq!(client.ask("echo quick"), "quick");
    assert_eq!(client.text(), "slow");
}

#[test]
fn functions_reach_other_connections() {
    let local = start(&[]);
    let mut alice = Client::connect(&local);
    let mut bob = Client::connect(&local);
    let bobs_id = bob.id();
    assert_eq!(alice.ask(&format!("POST {bobs_id} hi, bob")), "200 ");
    assert_eq!(bob.text(), "hi, bob");

    let info = alice.ask(&format!("GET {bobs_id}"));
    let info: Value = serde_json::from_str(info.strip_prefix("200 ").unwrap()).unwrap();
    assert_eq!(
        info["identity"],
        json!({ "sourceIp": "127.0.0.1", "userAgent": "test/1" })
    );
    for name in ["connectedAt", "lastActiveAt"] {
        let time = info[name].as_str().unwrap();
        assert!(time.starts_with("20") && time.ends_with('Z'), "{info}");
    }

    assert_eq!(alice.ask(&format!("DELETE {bobs_id}")), "204 ");
    assert_eq!(
        bob.closed(),
        (1000, "Connection Closed Normally".to_owned())
    );
    assert_eq!(alice.ask(&format!("POST {bobs_id} hello?")), "410 ");
    local.wait_for_log(&format!("DISCONNECT {bobs_id} 1000 "));
    assert!(
        local
            .log()
            .contains(r#""disconnectReason":"Connection Closed Normally""#)
    );
}

#[test]
fn connections_are_managed_by_requests() {
    let local = start(&[]);
    let mut client = Client::connect(&local);
    let id = client.id();
    assert_eq!(manage(&local, "POST", &id, b"hello"), (200, String::new()));
    assert_eq!(client.text(), "hello");
    manage(&local, "POST", &id, b"\xff");
    assert_eq!(client.socket.read().unwrap(), Message::binary(vec![0xff]));
    let longest = vec![b'x'; 128 * 1024];
    assert_eq!(manage(&local, "POST", &id, &longest).0, 200);
    assert_eq!(client.text().len(), longest.len());

    let path = format!("/api/@connections/{id}");
    for (path, headers, body, status, error_type) in [
        (
            path.as_str(),
            vec![],
            vec![b'x'; 128 * 1024 + 1],
            413,
            Some("PayloadTooLargeException"),
        ),
        (
            path.as_str(),
            vec![("Origin", "https://example.com")],
            vec![],
            403,
            None,
        ),
        (
            "/api/@connections/AAAAAAAAAAAAAAA=",
            vec![],
            vec![],
            410,
            Some("GoneException"),
        ),
        (
            "/dev/@connections/AAAAAAAAAAAAAAA=",
            vec![],
            vec![],
            403,
            Some("ForbiddenException"),
        ),
        (
            "/api/@connections/nobody",
            vec![],
            vec![],
            400,
            Some("BadRequestException"),
        ),
        (
            "/api/@connections/?",
            vec![],
            vec![],
            403,
            Some("ForbiddenException"),
        ),
    ] {
        let response = local.request("POST", path, &headers, &body);
        assert_eq!(response.status, status, "{path}");
        assert_eq!(response.header("x-amzn-errortype"), error_type);
    }
    local.wait_for_log("note: a web page may not use /api/@connections/");
    local.wait_for_log(&format!("POST {path} 200 0 B "));
}

#[test]
fn a_client_that_does_not_read_is_a_429_in_the_end() {
    let local = start(&[]);
    let mut client = Client::connect(&local);
    let id = client.id();
    let message = vec![b'x'; 100 * 1024];
    let begin = Instant::now();
    let response = loop {
        let path = format!("/api/@connections/{id}");
        let response = local.request("POST", &path, &[], &message);
        if response.status != 200 {
            break response;
        }
        assert!(begin.elapsed() < Duration::from_secs(60));
    };
    assert_eq!(response.status, 429);
    assert_eq!(
        response.header("x-amzn-errortype"),
        Some("LimitExceededException")
    );
    // Once it reads again, there is room again.
    for _ in 0..8 {
        client.text();
    }
    local.wait_for_log("POST");
    let begin = Instant::now();
    while manage(&local, "POST", &id, b"room").0 != 200 {
        assert!(begin.elapsed() < Duration::from_secs(60));
        client.text();
    }
}

#[test]
fn the_end_of_a_connection_is_an_event() {
    let local = start(&[]);
    let mut client = Client::connect(&local);
    let id = client.id();
    client.socket.close(None).unwrap();
    while client.socket.read().is_ok() {}
    local.wait_for_log(&format!("DISCONNECT {id} 1005 "));
    let log = local.log();
    let line = log
        .lines()
        .find_map(|line| line.strip_prefix("disconnected: "))
        .unwrap();
    let event: Value = serde_json::from_str(line).unwrap();
    let context = &event["requestContext"];
    assert_eq!(context["connectionId"], id);
    assert_eq!(context["routeKey"], "$disconnect");
    assert_eq!(
        context["disconnectReason"],
        "Client-side close frame status not set"
    );
    assert_eq!(manage(&local, "POST", &id, b"x").0, 410);

    // One that just disappears.
    let mut client = Client::connect(&local);
    let id = client.id();
    drop(client);
    local.wait_for_log(&format!("DISCONNECT {id} 1006 "));
}

#[test]
fn what_clients_must_not_send() {
    let local = start(&[]);
    let mut client = Client::connect(&local);
    client.socket.send(Message::binary(vec![1, 2, 3])).unwrap();
    assert_eq!(client.closed().0, 1003);
    // One frame above 32 KB.
    let mut client = Client::connect(&local);
    client.send(&"x".repeat(40_000));
    assert_eq!(client.closed().0, 1009);
    local.wait_for_log(" 1003 ");
    local.wait_for_log(" 1009 ");
}

#[test]
#[cfg(target_os = "linux")]
fn connections_end_with_the_server() {
    let local = start(&[]);
    let mut client = Client::connect(&local);
    client.ask("echo hello");
    let address = local.address;
    let children = support::children(local.pid());
    assert_eq!(children.len(), 2);
    let stopping = std::thread::spawn(move || local.stop(Signal::INT));
    assert_eq!(client.closed(), (1001, "Going away".to_owned()));
    assert_eq!(stopping.join().unwrap().code(), Some(0));
    assert!(!children.into_iter().any(support::runs));
    std::net::TcpListener::bind(address).unwrap();
}

#[test]
fn connections_outlive_a_reload() {
    let parent = tempfile::tempdir().unwrap();
    let source = parent.path().join("src");
    fs::create_dir(&source).unwrap();
    for file in ["Cargo.toml", "src/main.rs", "src/manifest.json"] {
        // Another name, so that the other tests' builds are left alone.
        let text = fs::read_to_string(fixture().join(file)).unwrap();
        let text = text.replace("websocket-fixture", "websocket-reload");
        fs::write(parent.path().join(file), text).unwrap();
    }
    let manifest = parent.path().join("Cargo.toml");
    let arguments = ["--manifest-path", manifest.to_str().unwrap()];
    let local = Local::start(&arguments, &target_directory());
    let mut client = Client::connect(&local);
    assert_eq!(client.ask("version"), "VERSION ONE");
    let main = source.join("main.rs");
    let text = fs::read_to_string(&main).unwrap();
    fs::write(&main, text.replace("VERSION ONE", "VERSION TWO")).unwrap();
    local.wait_for_log("Reloaded");
    assert_eq!(client.ask("version"), "VERSION TWO");
}

#[test]
fn a_client_that_does_not_wait_for_the_function_of_connect() {
    let local = start(&[]);
    let mut stream = TcpStream::connect(local.address).unwrap();
    let request = "GET /api?slow=x HTTP/1.1\r\nHost: l\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    local.wait_for_log("connecting slowly");
    drop(stream);
    // The function has agreed, so the end is an event, too.
    local.wait_for_log("disconnected: ");
    local.wait_for_log(" 1006 ");
}
