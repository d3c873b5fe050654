//! The example `websocket-chat` as its users meet it: `cargo chalice local`, real WebSocket
//! clients, and moto in the place of Amazon DynamoDB.

use std::{
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, WebSocket, client};
use verifiers::Moto;

use crate::local::Local;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(60);

const TABLE: &str = "chat";

/// A member of the chat.
struct Member(WebSocket<TcpStream>);

impl Member {
    fn connect(address: SocketAddr) -> Member {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = client(format!("ws://{address}/api"), stream).unwrap();
        Member(socket)
    }

    fn says(&mut self, text: &str) {
        self.0.send(Message::text(text)).unwrap();
    }

    /// The next message.
    fn hears(&mut self) -> String {
        match self.0.read().unwrap() {
            Message::Text(text) => text.as_str().to_owned(),
            message => panic!("expected a text, got {message:?}"),
        }
    }

    /// Says something; what comes next is the answer.
    fn asks(&mut self, text: &str) -> String {
        self.says(text);
        self.hears()
    }

    /// The lines of an answer, which may come in any order.
    fn asks_for_list(&mut self, text: &str) -> Vec<String> {
        let answer = self.asks(text);
        let mut lines: Vec<String> = answer.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    }
}

/// The table that the chat wants, in a moto of this test's own.
fn moto() -> Moto {
    let moto = Moto::start().unwrap_or_else(|error| panic!("{error}"));
    let definition = include_str!("../../../examples/websocket-chat/table.json");
    let mut definition: Value = definition.parse().unwrap();
    definition["TableName"] = TABLE.into();
    moto.dynamodb("CreateTable", &definition.to_string())
        .unwrap();
    moto
}

/// How many items the table has.
fn count_items(moto: &Moto) -> u64 {
    let input = json!({ "TableName": TABLE, "Select": "COUNT" });
    let output = moto.dynamodb("Scan", &input.to_string()).unwrap();
    let output: Value = output.parse().unwrap();
    output["Count"].as_u64().unwrap()
}

fn chat(moto: &Moto) -> Local {
    Local::start(
        "websocket-chat",
        &[
            ("TABLE", TABLE),
            ("AWS_ENDPOINT_URL_DYNAMODB", &moto.endpoint_url()),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ],
    )
}

#[test]
fn john_and_jenny() {
    let moto = moto();
    let local = chat(&moto);
    let mut john = Member::connect(local.address());
    let mut jenny = Member::connect(local.address());

    for (member, nickname) in [(&mut john, "John"), (&mut jenny, "Jenny")] {
        let answer = member.asks(nickname);
        let (first, second) = answer.split_once('\n').unwrap();
        assert_eq!(first, format!("Using nickname: {nickname}"));
        assert!(second.contains("/help"), "{second}");
    }
    let joined = r#"Joined chat room "chalice""#;
    assert_eq!(john.asks("/join chalice"), joined);
    assert_eq!(jenny.asks("/join chalice"), joined);
    assert_eq!(john.hears(), "Jenny joined room.");
    assert_eq!(jenny.asks_for_list("/ls"), ["Jenny", "John"]);
    assert_eq!(john.asks("Hi"), "John: Hi");
    assert_eq!(jenny.hears(), "John: Hi");
    assert_eq!(jenny.asks("/nick JennyJones"), "Nickname is: JennyJones");
    assert_eq!(john.hears(), "Jenny is now known as JennyJones.");
    assert_eq!(john.asks("/quit"), r#"Left chat room "chalice""#);
    assert_eq!(jenny.hears(), "John left room.");
    assert_eq!(jenny.asks("/ls"), "JennyJones");
    assert_eq!(jenny.asks("/room"), "chalice");
    assert_eq!(jenny.asks("/nick"), "Current nickname: JennyJones");
    assert_eq!(john.asks("/ls"), "chalice");

    // John comes back, and then his computer fails.
    assert_eq!(john.asks("/join chalice"), joined);
    assert_eq!(jenny.hears(), "John joined room.");
    assert_eq!(jenny.asks_for_list("/ls"), ["JennyJones", "John"]);
    assert_eq!(count_items(&moto), 4);
    drop(john);
    let start = Instant::now();
    while jenny.asks("/ls") != "JennyJones" {
        assert!(
            start.elapsed() < PATIENCE,
            "John is still there:\n{}",
            local.log()
        );
    }
    assert_eq!(count_items(&moto), 2);
    assert_eq!(jenny.asks("Anybody?"), "JennyJones: Anybody?");
}
