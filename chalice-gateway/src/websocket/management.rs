//! The `@connections` API: its requests, and its responses.
//!
//! Amazon API Gateway, "Use `@connections` commands in your backend service", and
//! the "API Gateway Management API" reference.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use uuid::Uuid;

use super::connection::{self, Connection};
use super::notice;
use crate::clock::Instant;

/// What a request to `@connections` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What to do.
    pub verb: Verb,
    /// The connection, which need not exist.
    pub connection_id: String,
}

impl Command {
    /// The response to a request whose body is longer than
    /// [`MAX_WEBSOCKET_MESSAGE`](crate::limits::MAX_WEBSOCKET_MESSAGE), for servers
    /// that do not read such a body to its end.
    pub fn payload_too_large(&self) -> Response<Bytes> {
        payload_too_large()
    }
}

/// What to do with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `POST`: send it the request's body.
    Post,
    /// `GET`: tell what is known of it.
    Get,
    /// `DELETE`: close it.
    Delete,
}

/// Reads method and path; `None` for a path of something else.
pub(super) fn parse(
    method: &Method,
    path: &str,
    stage: &str,
) -> Option<Result<Command, Response<Bytes>>> {
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let is = |segment: &str, text: &str| percent_decode_str(segment).eq(text.bytes());
    let is_connections = |at: usize| {
        let segment = segments.get(at);
        segment.is_some_and(|segment| is(segment, "@connections"))
    };
    if !is_connections(0) && !is_connections(1) {
        return None;
    }
    let verb = match *method {
        Method::POST => Verb::Post,
        Method::GET => Verb::Get,
        Method::DELETE => Verb::Delete,
        _ => return Some(Err(forbidden())),
    };
    let id = match segments.as_slice() {
        [first, second, id] if is(first, stage) && is(second, "@connections") && !id.is_empty() => {
            percent_decode_str(id).decode_utf8_lossy()
        }
        _ => return Some(Err(forbidden())),
    };
    if !connection::is_id(&id) {
        return Some(Err(invalid_id(&id)));
    }
    Some(Ok(Command {
        verb,
        connection_id: id.into_owned(),
    }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info<'a> {
    connected_at: String,
    identity: Identity<'a>,
    last_active_at: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    source_ip: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
}

/// The answer to `GET`: 200.
pub(super) fn info(connection: &Connection, last_active: Instant) -> Response<Bytes> {
    let info = Info {
        connected_at: connection.connected_at.iso_8601(),
        identity: Identity {
            source_ip: connection.source_ip.to_string(),
            user_agent: connection.user_agent.as_deref(),
        },
        last_active_at: last_active.iso_8601(),
    };
    let mut response = success(StatusCode::OK);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    // Strings alone: writing them cannot fail.
    *response.body_mut() = serde_json::to_vec(&info).unwrap_or_default().into();
    response
}

/// The answer to `POST`, 200, and to `DELETE`, 204.
pub(super) fn success(status: StatusCode) -> Response<Bytes> {
    notice::empty(status, &Uuid::new_v4().to_string())
}

/// There is no such connection, or none any more, or none yet: 410, without a body.
pub(super) fn gone() -> Response<Bytes> {
    error(StatusCode::GONE, "GoneException", None)
}

/// The client does not read what it is sent: 429.
pub(super) fn limit_exceeded() -> Response<Bytes> {
    error(
        StatusCode::TOO_MANY_REQUESTS,
        "LimitExceededException",
        Some("The WebSocket client side buffer is full"),
    )
}

/// The message has more than [`MAX_WEBSOCKET_MESSAGE`](crate::limits::MAX_WEBSOCKET_MESSAGE) bytes: 413.
pub(super) fn payload_too_large() -> Response<Bytes> {
    error(
        StatusCode::PAYLOAD_TOO_LARGE,
        "PayloadTooLargeException",
        Some("Message too long"),
    )
}

/// A stage that is another one's, or a method or path that is none: 403.
fn forbidden() -> Response<Bytes> {
    error(
        StatusCode::FORBIDDEN,
        "ForbiddenException",
        Some("Forbidden"),
    )
}

/// The id has not the form of one: 400.
fn invalid_id(id: &str) -> Response<Bytes> {
    error(
        StatusCode::BAD_REQUEST,
        "BadRequestException",
        Some(&format!("Invalid connectionId: {id}")),
    )
}

fn error(status: StatusCode, error_type: &'static str, message: Option<&str>) -> Response<Bytes> {
    let body = message.map(|message| serde_json::json!({ "message": message }).to_string());
    let request_id = Uuid::new_v4().to_string();
    notice::response(status, error_type, body.unwrap_or_default(), &request_id)
}

#[cfg(test)]
mod tests {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    fn read(method: &str, path: &str) -> Option<Result<Command, u16>> {
        let command = parse(&method.parse().unwrap(), path, "api")?;
        Some(command.map_err(|response| response.status().as_u16()))
    }

    fn command(verb: Verb, id: &str) -> Option<Result<Command, u16>> {
        Some(Ok(Command {
            verb,
            connection_id: id.to_owned(),
        }))
    }

    #[test]
    fn the_three_commands() {
        let id = "L0SM9cOFvHcCIhw=";
        for (method, verb) in [
            ("POST", Verb::Post),
            ("GET", Verb::Get),
            ("DELETE", Verb::Delete),
        ] {
            for path in [
                "/api/@connections/L0SM9cOFvHcCIhw=",
                "/api/@connections/L0SM9cOFvHcCIhw%3D",
                "/api/%40connections/L0SM9cOFvHcCIhw%3d",
                "/%61pi/@connections/L0SM9cOFvHcCIhw=",
            ] {
                assert_eq!(read(method, path), command(verb, id), "{path}");
            }
        }
    }

    #[test]
    fn paths_of_something_else() {
        for path in [
            "/",
            "",
            "*",
            "/api",
            "/api/connections/a",
            "/api/users/@connections",
            "/api/@connectionsx/a",
            "/%2540connections/a",
        ] {
            assert_eq!(read("POST", path), None, "{path}");
        }
    }

    #[test]
    fn refusals() {
        for (method, path, status) in [
            ("POST", "/@connections/L0SM9cOFvHcCIhw=", 403),
            ("POST", "/dev/@connections/L0SM9cOFvHcCIhw=", 403),
            ("POST", "/API/@connections/L0SM9cOFvHcCIhw=", 403),
            ("PUT", "/api/@connections/L0SM9cOFvHcCIhw=", 403),
            ("OPTIONS", "/api/@connections/L0SM9cOFvHcCIhw=", 403),
            ("POST", "/api/@connections", 403),
            ("POST", "/api/@connections/", 403),
            ("POST", "/api/@connections/L0SM9cOFvHcCIhw=/", 403),
            ("POST", "/api/@connections/L0SM9cOFvHcCIhw=/x", 403),
            ("POST", "//@connections/L0SM9cOFvHcCIhw=", 403),
            ("POST", "/api/@connections/L0SM9cOFvHcCIhw", 400),
            ("POST", "/api/@connections/..%2F..", 400),
            ("POST", "/api/@connections/%FF", 400),
            ("POST", "/api/@connections/%", 400),
        ] {
            assert_eq!(read(method, path), Some(Err(status)), "{method} {path}");
        }
    }

    #[test]
    fn errors_as_the_sdks_read_them() {
        for (response, status, error_type, body) in [
            (gone(), 410, "GoneException", ""),
            (
                payload_too_large(),
                413,
                "PayloadTooLargeException",
                r#"{"message":"Message too long"}"#,
            ),
            (
                limit_exceeded(),
                429,
                "LimitExceededException",
                r#"{"message":"The WebSocket client side buffer is full"}"#,
            ),
            (
                forbidden(),
                403,
                "ForbiddenException",
                r#"{"message":"Forbidden"}"#,
            ),
            (
                invalid_id("\"<\n"),
                400,
                "BadRequestException",
                r#"{"message":"Invalid connectionId: \"<\n"}"#,
            ),
        ] {
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()["x-amzn-errortype"], error_type);
            assert!(response.headers().contains_key("x-amzn-requestid"));
            assert_eq!(response.body(), body);
        }
    }

    /// What clients leave as it is in a path.
    const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'=');

    proptest! {
        #[test]
        fn every_id_is_found_however_it_is_encoded(_seed in any::<u8>(), all in any::<bool>()) {
            let id = connection::new_id();
            let set = if all { NON_ALPHANUMERIC } else { UNRESERVED };
            let path = format!("/api/@connections/{}", utf8_percent_encode(&id, set));
            prop_assert_eq!(read("POST", &path), command(Verb::Post, &id));
        }

        #[test]
        fn what_is_accepted_has_the_form_of_an_id(path in "(/[a-zA-Z0-9@%=_./-]{0,12}){0,5}") {
            if let Some(Ok(command)) = read("GET", &path) {
                prop_assert!(connection::is_id(&command.connection_id));
            }
        }

        #[test]
        fn any_tail_is_an_id_or_a_refusal(tail in "\\PC{0,40}") {
            let path = format!("/api/@connections/{tail}");
            match read("GET", &path) {
                Some(Ok(command)) => prop_assert!(!tail.contains('/') && connection::is_id(&command.connection_id)),
                Some(Err(status)) => prop_assert!([400, 403].contains(&status)),
                None => prop_assert!(false, "{path} is below @connections"),
            }
        }
    }
}
