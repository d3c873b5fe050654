//! Events of WebSocket APIs.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;
use serde_json::{Value, json};

use super::{MessageText, event};

/// What happens on a connection of a WebSocket API.
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Websocket(Value);

event!(Websocket);

/// A client asks for a connection, `$connect`.
///
/// ```
/// # use chalice_events as events;
///
/// let event = events::websocket_connect("connection-1").header("Origin", "https://example.com").query("token", "a b");
/// ```
pub fn websocket_connect(connection_id: &str) -> Websocket {
    let mut event = new(connection_id, "$connect", "CONNECT");
    event.0["headers"] = json!({});
    event.0["multiValueHeaders"] = json!({});
    event.header("Host", DOMAIN_NAME)
}

/// A client has sent a text, which the route `$default` takes.
///
/// ```
/// # use chalice_events as events;
/// use serde_json::json;
///
/// let text = events::websocket_message("connection-1", "hello");
/// let object = events::websocket_message("connection-1", json!({ "action": "join", "room": "a" })).route_key("join");
/// ```
pub fn websocket_message(connection_id: &str, body: impl Into<MessageText>) -> Websocket {
    let mut event = new(connection_id, "$default", "MESSAGE");
    event.0["body"] = body.into().0.into();
    event.context("messageId", "message-id".into())
}

/// A client has sent bytes, which the route `$default` takes.
pub fn websocket_binary_message(connection_id: &str, body: impl AsRef<[u8]>) -> Websocket {
    let mut event = websocket_message(connection_id, STANDARD.encode(body));
    event.0["isBase64Encoded"] = true.into();
    event
}

/// The connection is gone, `$disconnect`, since the client has closed it.
///
/// ```
/// # use chalice_events as events;
///
/// let closed = events::websocket_disconnect("connection-1");
/// let idle = events::websocket_disconnect("connection-1").disconnect_reason(1001, "Going away");
/// ```
pub fn websocket_disconnect(connection_id: &str) -> Websocket {
    let mut event = new(connection_id, "$disconnect", "DISCONNECT");
    event.0["headers"] = json!({ "Host": DOMAIN_NAME });
    event.0["multiValueHeaders"] = json!({ "Host": [DOMAIN_NAME] });
    event.disconnect_reason(1000, "")
}

const DOMAIN_NAME: &str = "abc.execute-api.us-west-2.amazonaws.com";

fn new(connection_id: &str, route_key: &str, event_type: &str) -> Websocket {
    Websocket(json!({
        "requestContext": {
            "routeKey": route_key,
            "eventType": event_type,
            "extendedRequestId": "extended-request-id",
            "requestTime": "26/Jun/2018:19:41:38 +0000",
            "messageDirection": "IN",
            "stage": "api",
            "connectedAt": 1_530_042_098_000_u64,
            "requestTimeEpoch": 1_530_042_098_695_u64,
            "identity": { "userAgent": "chalice-test-client", "sourceIp": "127.0.0.1" },
            "requestId": "request-id",
            "domainName": DOMAIN_NAME,
            "connectionId": connection_id,
            "apiId": "abc",
        },
        "isBase64Encoded": false,
    }))
}

impl Websocket {
    fn context(mut self, name: &str, value: Value) -> Websocket {
        self.0["requestContext"][name] = value;
        self
    }

    /// The route that takes the event.
    pub fn route_key(self, key: &str) -> Websocket {
        self.context("routeKey", key.into())
    }

    /// The domain name of the API.
    pub fn domain_name(self, name: &str) -> Websocket {
        self.context("domainName", name.into())
    }

    /// The stage of the API, `api` if it is left out.
    pub fn stage(self, name: &str) -> Websocket {
        self.context("stage", name.into())
    }

    /// What the authorizer of `$connect` has found: `{ "principalId": "user" }`.
    pub fn authorizer(self, context: Value) -> Websocket {
        self.context("authorizer", context)
    }

    /// One more header, whose name may occur several times.
    pub fn header(mut self, name: &str, value: &str) -> Websocket {
        self.0["headers"][name] = value.into();
        push(&mut self.0["multiValueHeaders"][name], value);
        self
    }

    /// One more parameter of the query string, whose name may occur several times.
    pub fn query(mut self, name: &str, value: &str) -> Websocket {
        self.0["queryStringParameters"][name] = value.into();
        push(&mut self.0["multiValueQueryStringParameters"][name], value);
        self
    }

    /// Why the connection is gone: a status code of RFC 6455, and words.
    pub fn disconnect_reason(self, status_code: u16, reason: &str) -> Websocket {
        self.context("disconnectStatusCode", status_code.into())
            .context("disconnectReason", reason.into())
    }
}

/// Adds a value to a list, which may not be there yet.
fn push(list: &mut Value, value: &str) {
    match list {
        Value::Array(values) => values.push(value.into()),
        _ => *list = json!([value]),
    }
}
