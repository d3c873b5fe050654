//! Random bodies.

use base64::{Engine, engine::general_purpose::STANDARD};
use fastrand::Rng;
use serde_json::{Value, json};

use super::{one, rarely, text};

/// Bodies that are JSON, nearly JSON, and nothing like it.
const BODIES: &[&str] = &[
    "{}",
    "[]",
    "null",
    "true",
    "0",
    "-0",
    "1.0",
    "1e3",
    "\"\"",
    "\"é☃😀\"",
    "\"\\u00e9\\ud83d\\ude00\"",
    "{\"a\":1,\"a\":2}",
    " {\"a\" : [1, 2.50, {\"b\": null}]}\n",
    "12345678901234567890123",
    "0.1",
    "1e-7",
    "{bad",
    "{\"a\":}",
    "[1,]",
    "",
    " ",
    "'a'",
    "NaN",
    "-Infinity",
    "[Infinity]",
    "\"\\ud800\"",
    "1e999",
    "01",
    ".5",
    "\u{feff}{}",
    "a=1&b=2",
    "a=1&a=2&b=%C3%A9+x",
    "<xml/>",
    "\"tab\tinside\"",
    "\"\\x\"",
    "{\"a\":1}x",
    "// c\n1",
    "tru",
    "{\"\":{}}",
    "[[[[[[[[]]]]]]]]",
];

/// Bytes that are no text, or text in another encoding.
const BYTES: &[&[u8]] = &[
    b"\xff\x00raw",
    b"\x89PNG\r\n\x1a\n",
    b"\xe9",
    b"\"\xe9\"",
    b"{\x00}\x00",
    b"\xff\xfe1\x00",
    b"\xf0\x9f\x98",
    b"{\"a\":\"\xc3\x28\"}",
    b"\xef\xbb\xbf{}",
    b"\x00\x00\x00\x31",
    b"a\xc0\xaf",
];

/// The body of an event, and whether it is base64.
pub(super) fn of_event(random: &mut Rng) -> (Value, bool) {
    match random.u8(..10) {
        0..3 => (Value::Null, rarely(random, 8)),
        3 if rarely(random, 4) => (text::text(random).into(), true),
        3..5 => (STANDARD.encode(bytes(random)).into(), true),
        _ => (text_body(random).into(), false),
    }
}

fn bytes(random: &mut Rng) -> Vec<u8> {
    match random.u8(..4) {
        0 => (0..random.usize(..20)).map(|_| random.u8(..)).collect(),
        1 => text_body(random).into_bytes(),
        _ => BYTES[random.usize(..BYTES.len())].to_vec(),
    }
}

/// A body that is text.
pub(super) fn text_body(random: &mut Rng) -> String {
    match random.u8(..10) {
        0..6 => one(random, BODIES).to_owned(),
        6..9 => json(random, 3).to_string(),
        _ if rarely(random, 10) => format!("{}{}", "[".repeat(200), "]".repeat(200)),
        _ => text::text(random),
    }
}

/// Any JSON.
fn json(random: &mut Rng, depth: u8) -> Value {
    match random.u8(..if depth == 0 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i64(..)),
        3 => json!(random.f64() * 10f64.powi(random.i32(-20..20))),
        4 => json!(random.i8(..)),
        5 => json!(text::text(random)),
        6 => (0..random.usize(..4))
            .map(|_| json(random, depth - 1))
            .collect(),
        _ => {
            let members =
                (0..random.usize(..4)).map(|_| (text::text(random), json(random, depth - 1)));
            Value::Object(members.collect())
        }
    }
}
