//! `#[on_ws_connect]`, `#[on_ws_message]`, `#[on_ws_disconnect]`

use super::{
    given::Given,
    model::{Attribute, Claim, Source},
};
use crate::{errors::Errors, json};

pub(crate) const ON_WS_CONNECT: Attribute = Attribute {
    name: "#[on_ws_connect]",
    positional: None,
    keys: &[],
    example: "event: WebsocketEvent",
    event_is_optional: false,
    source: connect,
};

pub(crate) const ON_WS_MESSAGE: Attribute = Attribute {
    name: "#[on_ws_message]",
    positional: Some("route_key"),
    keys: &["route_key"],
    example: "event: WebsocketEvent",
    event_is_optional: false,
    source: message,
};

pub(crate) const ON_WS_DISCONNECT: Attribute = Attribute {
    name: "#[on_ws_disconnect]",
    positional: None,
    keys: &[],
    example: "event: WebsocketEvent",
    event_is_optional: false,
    source: disconnect,
};

/// The longest route key (Amazon API Gateway, "Quotas for configuring and
/// running a WebSocket API": 128 characters of a route key).
const MAX_ROUTE_KEY: usize = 128;

fn connect(_: &Given<'_>, _: &mut Errors) -> Source {
    of("$connect", Some("websocket_connect"))
}

fn disconnect(_: &Given<'_>, _: &mut Errors) -> Source {
    of("$disconnect", Some("websocket_disconnect"))
}

fn message(given: &Given<'_>, errors: &mut Errors) -> Source {
    match given.checked("route_key", "sendmessage", check_route_key, errors) {
        Some(key) if key != "$default" => of(&key, None),
        _ => of("$default", Some("websocket_message")),
    }
}

/// AWS Chalice's names of the functions, so that a deployment can be taken over.
fn of(route_key: &str, default_name: Option<&'static str>) -> Source {
    let mut source = Source::new("websocket", "WebsocketEvent");
    source.member("route_key", json::string(route_key));
    source.claim = Claim::Route(route_key.to_owned());
    source.default_name = default_name;
    source
}

fn check_route_key(key: &str) -> Result<(), String> {
    let length = key.chars().count();
    match key {
        "$connect" => Err("the route `$connect` has an attribute of its own: `#[on_ws_connect]`".to_owned()),
        "$disconnect" => {
            Err("the route `$disconnect` has an attribute of its own: `#[on_ws_disconnect]`".to_owned())
        }
        "$default" => Ok(()),
        "" => Err(
            "a route key has at least one character; the route of messages that no other route has is \
             `#[on_ws_message]` without a key"
                .to_owned(),
        ),
        _ if key.starts_with('$') => Err(format!(
            "{key:?} cannot be a route key: those that start with `$` are API Gateway's own, `$connect`, \
             `$disconnect` and `$default`"
        )),
        _ if length > MAX_ROUTE_KEY => Err(format!(
            "the route key has {length} characters, and API Gateway takes at most {MAX_ROUTE_KEY}"
        )),
        _ => Ok(()),
    }
}
