//! `Content-Type`, `Accept` and `Accept-Encoding`: never a panic, a body of another
//! type than the route takes never reaches the handler, and what is compressed
//! was asked for and unpacks to what the handler returned.
//!
//! An input is lines: the number of the gateway, then the request's content type,
//! `Accept`, `Accept-Encoding`, and the content type that the handler answers with.

use std::{cell::LazyCell, io::Read};

use base64::{Engine, engine::general_purpose::STANDARD};
use chalice::{Api, App, HeaderValue, Request, Response, app, route, test::Client};
use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::served::Served;

/// What the handler answers.
const BODY: &str =
    "hello hello hello hello hello hello hello hello hello hello hello hello hello hello hello";
/// What the route takes.
const TAKEN: [&str; 2] = ["application/json", "text/csv"];
/// What is binary.
const BINARY: [&str; 2] = ["image/png", "application/x-own"];

#[route("/typed", methods = [POST], content_types = ["application/json", "text/csv"])]
fn typed(request: &Request) -> Response {
    match request.header("x-answer") {
        Some(answer) => Response::text(BODY).with_content_type(answer),
        None => Response::text(BODY),
    }
}

#[app]
static APP: App = App {
    name: "negotiation",
    handlers: [typed],
    api: Api {
        binary_types: ["application/x-own"],
        compression: 16,
    },
};

thread_local! {
    static SERVED: LazyCell<Served<APP>> = LazyCell::new(|| Served::new(&APP));
}

/// Checks one input.
pub fn check(input: &str) {
    let mut lines = input.split('\n');
    let mut next = || lines.next().unwrap_or_default();
    let gateway = next().bytes().next().unwrap_or_default() % 3;
    // What HTTP does not allow never gets to be a header.
    let mut header = || {
        let line = next();
        (!line.is_empty() && HeaderValue::from_bytes(line.as_bytes()).is_ok()).then_some(line)
    };
    let (content_type, accept, encoding, answer) = (header(), header(), header(), header());
    let headers = json!({
        "content-type": content_type, "accept": accept, "accept-encoding": encoding, "x-answer": answer,
    });
    let event = match gateway {
        0 => {
            json!({ "resource": "/typed", "path": "/typed", "httpMethod": "POST", "headers": headers })
        }
        1 => json!({
            "version": "2.0", "routeKey": "POST /typed", "rawPath": "/typed", "headers": headers,
            "requestContext": { "http": { "method": "POST" } },
        }),
        _ => json!({
            "requestContext": { "elb": {} }, "path": "/typed", "httpMethod": "POST", "headers": headers,
        }),
    };
    let event = event.to_string();
    let reply = SERVED
        .with(|served| {
            served.ask(async |client: &Client<APP>| {
                client.lambda("api_handler").invoke_json(&event).await
            })
        })
        .expect("the event is an object");
    let status = reply["statusCode"].as_u64().expect("a reply has a status");
    let content_type = content_type.unwrap_or("application/json");
    if !names_one_of(content_type, &TAKEN) {
        return assert_eq!(status, 415, "{event}: {reply}");
    }
    if answer.is_some_and(|answer| answer.chars().any(|c| c.is_control() && c != '\t')) {
        return assert_eq!(status, 500, "{event}: {reply}");
    }
    let binary = answer.is_some_and(is_binary);
    let wanted = accept.is_some_and(is_binary);
    if gateway == 0 && binary && !wanted {
        return assert_eq!(status, 400, "{event}: {reply}");
    }
    assert_eq!(status, 200, "{event}: {reply}");
    body(&reply, binary, gateway, encoding);
}

/// Whether a list of types, of which each may have parameters, names one of these.
fn names_one_of(list: &str, types: &[&str]) -> bool {
    list.contains("*/*")
        || list.split([',', ';']).any(|token| {
            types
                .iter()
                .any(|kind| token.trim().eq_ignore_ascii_case(kind))
        })
}

fn is_binary(list: &str) -> bool {
    let default = chalice_core::binary_types::DEFAULT_BINARY_TYPES;
    names_one_of(list, &default) || names_one_of(list, &BINARY)
}

/// The body is what the handler returned, however it travels.
fn body(reply: &Value, binary: bool, gateway: u8, accept_encoding: Option<&str>) {
    let text = reply["body"].as_str().expect("a reply has a body");
    let base64 = reply["isBase64Encoded"] == true;
    let sent = match base64 {
        true => STANDARD
            .decode(text)
            .expect("the reply says that it is base64"),
        false => text.as_bytes().to_vec(),
    };
    let Some(encoding) = reply["headers"].get("content-encoding") else {
        assert_eq!(base64, binary, "{reply}");
        return assert_eq!(sent, BODY.as_bytes(), "{reply}");
    };
    assert_eq!(encoding, "gzip");
    assert!(base64, "compressed bytes are no text: {reply}");
    assert_ne!(gateway, 0, "a REST API compresses by itself");
    let asked = accept_encoding.unwrap_or_default().to_ascii_lowercase();
    assert!(
        asked.contains("gzip") || asked.contains('*'),
        "nobody asked for gzip: {reply}"
    );
    assert!(reply["headers"].get("vary").is_some(), "{reply}");
    let mut unpacked = String::new();
    GzDecoder::new(sent.as_slice())
        .read_to_string(&mut unpacked)
        .expect("gzip of a text");
    assert_eq!(unpacked, BODY);
}
