//! Random headers.

use fastrand::Rng;
use serde_json::{Map, Value};

use super::{one, rarely, text};

const CONTENT_TYPES: &[&str] = &[
    "application/json",
    "application/json",
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
    "APPLICATION/JSON;CHARSET=UTF-8",
    "application/problem+json",
    "application/json-patch+json",
    "application/jsonlines",
    "text/plain",
    "TEXT/PLAIN; charset=iso-8859-1",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "*/*",
    "text/plain, application/json",
    "application/json, text/plain",
    "application/json ;q=1",
    " application/json",
    "image/png",
    "application/octet-stream",
    "a/b",
    "json",
    "",
];
const ACCEPTS: &[&str] = &[
    "*/*",
    "application/json",
    "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "image/png",
    "IMAGE/PNG",
    "image/*",
    "application/octet-stream",
    "text/html, image/png;q=0.8",
    "text/html",
    "",
];
const CASES: [fn(&str) -> String; 3] = [
    |name| name.to_owned(),
    |name| name.to_ascii_lowercase(),
    |name| name.to_ascii_uppercase(),
];

/// Headers of a request; with `duplicates`, names may differ in case alone.
pub(super) fn headers(random: &mut Rng, duplicates: bool) -> Map<String, Value> {
    let mut headers = Map::new();
    if random.u8(..10) < 6 {
        let value = one(random, CONTENT_TYPES);
        headers.insert(name(random, "Content-Type"), value.into());
    }
    if random.u8(..10) < 6 {
        let value = one(random, ACCEPTS);
        headers.insert(name(random, "Accept"), value.into());
    }
    for _ in 0..random.usize(..4) {
        let name = text::header_name(random);
        if duplicates
            || !headers
                .keys()
                .any(|known| known.eq_ignore_ascii_case(&name))
        {
            headers.insert(name, text::header_value(random).into());
        }
    }
    headers
}

/// Replaces the content type.
pub(super) fn set_content_type(headers: &mut Map<String, Value>, content_type: &str) {
    headers.retain(|name, _| !name.eq_ignore_ascii_case("content-type"));
    headers.insert("content-type".to_owned(), content_type.into());
}

/// The name, in upper or lower case.
pub(super) fn name(random: &mut Rng, name: &str) -> String {
    CASES[random.usize(..CASES.len())](name)
}

/// `multiValueHeaders` that go with `headers`: each header's last value is the one there.
pub(super) fn multi_value(random: &mut Rng, headers: &Map<String, Value>) -> Map<String, Value> {
    let single = ["content-type", "accept"];
    let lists = headers.iter().map(|(name, value)| {
        let mut values = vec![value.clone()];
        if !single.contains(&name.to_ascii_lowercase().as_str()) && rarely(random, 3) {
            values.insert(0, text::header_value(random).into());
        }
        (name.clone(), Value::Array(values))
    });
    lists.collect()
}
