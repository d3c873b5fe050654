//! The events of a WebSocket API.
//!
//! Amazon API Gateway, "Set up a WebSocket API integration request", "Input
//! format of a Lambda function for proxy integration for WebSocket APIs".

use serde::Serialize;

use super::connection::Connection;
use super::disconnect::Closing;
use crate::Settings;
use crate::clock::Instant;
use crate::object::Object;

/// What the events of a connection have in common.
pub(super) struct Facts<'a> {
    pub(super) settings: &'a Settings,
    pub(super) connection: &'a Connection,
    pub(super) route_key: &'a str,
    pub(super) request_id: &'a str,
    pub(super) time: Instant,
}

/// The headers and the query string of a handshake.
pub(super) struct Handshake {
    pub(super) headers: Object<Vec<String>>,
    pub(super) query: Option<Object<Vec<String>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Object<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_value_headers: Option<&'a Object<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_string_parameters: Option<Object<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_value_query_string_parameters: Option<&'a Object<Vec<String>>>,
    request_context: RequestContext<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    is_base64_encoded: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    route_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disconnect_status_code: Option<u16>,
    event_type: &'static str,
    extended_request_id: &'a str,
    request_time: String,
    message_direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    disconnect_reason: Option<&'a str>,
    stage: &'a str,
    connected_at: u64,
    request_time_epoch: u64,
    identity: Identity<'a>,
    request_id: &'a str,
    domain_name: &'a str,
    connection_id: &'a str,
    api_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    source_ip: String,
}

impl<'a> Facts<'a> {
    /// The event of `$connect`.
    pub(super) fn connect(&self, handshake: &Handshake) -> Vec<u8> {
        json(&Event {
            headers: Some(handshake.headers.last_values()),
            multi_value_headers: Some(&handshake.headers),
            query_string_parameters: handshake.query.as_ref().map(Object::last_values),
            multi_value_query_string_parameters: handshake.query.as_ref(),
            ..self.event("CONNECT")
        })
    }

    /// The event of a message.
    pub(super) fn message(&self, message_id: &str, body: &str) -> Vec<u8> {
        let event = self.event("MESSAGE");
        json(&Event {
            request_context: RequestContext {
                message_id: Some(message_id),
                ..event.request_context
            },
            body: Some(body),
            ..event
        })
    }

    /// The event of `$disconnect`.
    pub(super) fn disconnect(&self, closing: &Closing) -> Vec<u8> {
        let event = self.event("DISCONNECT");
        // The three empty ones are API Gateway's.
        let headers = Object::grouped([
            ("host".to_owned(), self.settings.domain_name.clone()),
            ("x-api-key".to_owned(), String::new()),
            ("x-forwarded-for".to_owned(), String::new()),
            ("x-restapi".to_owned(), String::new()),
        ]);
        json(&Event {
            headers: Some(headers.last_values()),
            multi_value_headers: Some(&headers),
            request_context: RequestContext {
                disconnect_status_code: Some(closing.status_code()),
                disconnect_reason: Some(closing.reason()),
                ..event.request_context
            },
            ..event
        })
    }

    fn event<'b>(&'b self, event_type: &'static str) -> Event<'b>
    where
        'a: 'b,
    {
        let connection = self.connection;
        Event {
            headers: None,
            multi_value_headers: None,
            query_string_parameters: None,
            multi_value_query_string_parameters: None,
            request_context: RequestContext {
                route_key: self.route_key,
                message_id: None,
                disconnect_status_code: None,
                event_type,
                extended_request_id: self.request_id,
                request_time: self.time.common_log_format(),
                message_direction: "IN",
                disconnect_reason: None,
                stage: &self.settings.stage,
                connected_at: connection.connected_at.0,
                request_time_epoch: self.time.0,
                identity: Identity {
                    user_agent: connection.user_agent.as_deref(),
                    source_ip: connection.source_ip.to_string(),
                },
                request_id: self.request_id,
                domain_name: &self.settings.domain_name,
                connection_id: &connection.id,
                api_id: &self.settings.api_id,
            },
            body: None,
            is_base64_encoded: false,
        }
    }
}

fn json(event: &Event<'_>) -> Vec<u8> {
    // Strings, numbers and maps with string keys: writing them cannot fail.
    serde_json::to_vec(event).unwrap_or_default()
}
