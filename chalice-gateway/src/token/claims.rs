//! Claims on their way into an event, where every value is text.

use serde_json::{Map, Value};

use crate::clock::Instant;

/// As a REST API passes the claims of a user pool's token on: lists with commas,
/// and the times of issue and expiry as dates.
pub(super) fn of_user_pool(claims: &Map<String, Value>) -> Map<String, Value> {
    texts(claims, |name, value| match (name, value) {
        ("exp" | "iat", Value::Number(seconds)) => match seconds.as_u64() {
            Some(seconds) => Instant(seconds.saturating_mul(1000)).date_text(),
            None => seconds.to_string(),
        },
        (_, Value::Array(list)) => joined(list, ","),
        (_, value) => text(value),
    })
}

/// As an HTTP API passes the claims of a token on: lists in brackets, with spaces.
pub(super) fn of_http_api(claims: &Map<String, Value>) -> Map<String, Value> {
    texts(claims, |_, value| match value {
        Value::Array(list) => format!("[{}]", joined(list, " ")),
        value => text(value),
    })
}

/// The scopes of a token: the text `scope`, with spaces between (RFC 8693, 4.2),
/// or `scp`, which is that or a list.
pub(super) fn scopes(claims: &Map<String, Value>) -> Vec<String> {
    match claims.get("scope").or_else(|| claims.get("scp")) {
        Some(Value::String(scopes)) => scopes.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(scopes)) => scopes
            .iter()
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

fn texts(claims: &Map<String, Value>, text: impl Fn(&str, &Value) -> String) -> Map<String, Value> {
    claims
        .iter()
        .map(|(name, value)| (name.clone(), Value::String(text(name, value))))
        .collect()
}

fn joined(list: &[Value], separator: &str) -> String {
    list.iter().map(text).collect::<Vec<_>>().join(separator)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
