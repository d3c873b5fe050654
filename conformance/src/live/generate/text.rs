//! Random texts.

use fastrand::Rng;
use serde_json::{Map, Value};

use super::{one, rarely};

const WORDS: &[&str] = &[
    "a",
    "B",
    "1",
    "-1",
    "0",
    "x y",
    "a+b",
    "é",
    "☃",
    "😀",
    "日本",
    "a/b",
    "a%20b",
    "%2F",
    "%C3%A9",
    "\u{2028}",
    "\\",
    "\"",
    "'",
    "<b>",
    "null",
    "true",
    "[]",
    "{}",
    "..",
    "*",
    "?",
    "$context",
    "a=b&c",
    "ÿ",
    "e\u{301}",
    "\u{feff}x",
    "tab\there",
];

/// A text of any kind, perhaps empty.
pub(super) fn text(random: &mut Rng) -> String {
    match random.u8(..10) {
        0 => String::new(),
        1..7 => one(random, WORDS).to_owned(),
        _ => (0..random.usize(1..12))
            .map(|_| random.alphanumeric())
            .collect(),
    }
}

/// A value that a header can have.
pub(super) fn header_value(random: &mut Rng) -> String {
    loop {
        let text = text(random);
        if !text.contains('\t') && text.trim() == text {
            return text;
        }
    }
}

/// A name that a header can have.
pub(super) fn header_name(random: &mut Rng) -> String {
    const NAMES: &[&str] = &[
        "X-Foo",
        "x-foo",
        "X-Abc",
        "x-abc",
        "Accept-Language",
        "User-Agent",
        "Cookie",
        "Origin",
        "Referer",
        "X-Requested-With",
        "If-None-Match",
        "Range",
        "X-Api-Key",
        "Accept-Encoding",
    ];
    one(random, NAMES).to_owned()
}

/// An object of texts, or null.
pub(super) fn variables(random: &mut Rng) -> Value {
    if !rarely(random, 4) {
        return Value::Null;
    }
    let members = (0..random.usize(1..4)).map(|_| {
        let name: String = (0..4).map(|_| random.alphabetic()).collect();
        (name, Value::String(text(random)))
    });
    Value::Object(members.collect::<Map<_, _>>())
}
