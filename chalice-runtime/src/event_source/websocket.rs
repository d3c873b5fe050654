//! Events of WebSocket APIs.

use std::{fmt, net::IpAddr, sync::OnceLock, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{
    EventError, Source, SourceEvent,
    json::{self, Object},
    text, time,
};
use crate::{
    HttpError, LambdaContext, QueryParameters, Result,
    event::{self, Kind, Spans},
    request::{headers, query},
};

/// What happens on a connection of a WebSocket API (Amazon API Gateway Developer
/// Guide, "WebSocket APIs"): it is opened, it carries a message, it is gone.
///
/// ```
/// use chalice_runtime::{Result, WebsocketEvent};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Chat {
///     room: String,
/// }
///
/// async fn connect(event: WebsocketEvent) {
///     println!("{} connects with {:?}", event.connection_id(), event.query().get("token"));
/// }
///
/// async fn message(event: WebsocketEvent) -> Result<()> {
///     let chat: Chat = event.json_body()?;
///     println!("{} says something in {}", event.connection_id(), chat.room);
///     Ok(())
/// }
///
/// async fn disconnect(event: WebsocketEvent) {
///     println!("{} is gone: {:?}", event.connection_id(), event.disconnect_reason());
/// }
/// ```
#[derive(Clone)]
pub struct WebsocketEvent {
    raw: Box<RawValue>,
    context: LambdaContext,
    spans: Spans,
    fields: Fields,
    request_context: Box<RawValue>,
    body: Bytes,
    headers: OnceLock<HeaderMap>,
    query: OnceLock<QueryParameters>,
}

/// What has happened on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebsocketEventType {
    /// A client asks for a connection: `CONNECT`. There is no message yet; there
    /// are headers and a query string, which no other event has.
    Connect,
    /// A client has sent a message: `MESSAGE`.
    Message,
    /// The connection is gone: `DISCONNECT`. Nothing can be sent any more.
    Disconnect,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    request_context: &'a RawValue,
    body: Option<String>,
    is_base64_encoded: Option<bool>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    connection_id: String,
    route_key: Option<String>,
    event_type: Option<String>,
    domain_name: Option<String>,
    stage: Option<String>,
    api_id: Option<String>,
    request_id: Option<String>,
    message_id: Option<String>,
    connected_at: Option<f64>,
    request_time_epoch: Option<f64>,
    disconnect_status_code: Option<u16>,
    disconnect_reason: Option<String>,
    identity: Option<Object<Identity>>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    source_ip: Option<String>,
    user_agent: Option<String>,
}

impl WebsocketEvent {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// The event is none of a WebSocket API: it names no connection, for instance.
    pub fn from_raw(
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<WebsocketEvent, EventError> {
        let refused = |reason: &str| EventError::new(Source::Websocket, reason.to_owned());
        let envelope: Envelope<'_> = json::object(event.get(), Source::Websocket)?;
        let Object(fields) = serde_json::from_str(envelope.request_context.get())
            .map_err(|error| refused(&format!("`requestContext`: {}", json::explain(&error))))?;
        let body = envelope.body.unwrap_or_default();
        let body = if envelope.is_base64_encoded == Some(true) {
            let decoded = STANDARD.decode(body);
            decoded.map_err(|_| refused("its `body` is not base64, although the event says so"))?
        } else {
            body.into_bytes()
        };
        let spans = event::read_members(&event)
            .map_err(|_| refused("it is not a JSON object with the members of a request"))?;
        Ok(WebsocketEvent {
            spans,
            fields,
            request_context: envelope.request_context.to_owned(),
            body: Bytes::from(body),
            headers: OnceLock::new(),
            query: OnceLock::new(),
            context,
            raw: event,
        })
    }

    /// What has happened.
    pub fn event_type(&self) -> WebsocketEventType {
        match (text(&self.fields.event_type), self.route_key()) {
            ("CONNECT", _) | ("", "$connect") => WebsocketEventType::Connect,
            ("DISCONNECT", _) | ("", "$disconnect") => WebsocketEventType::Disconnect,
            _ => WebsocketEventType::Message,
        }
    }

    /// The id of the connection, by which it can be sent messages: by `WebsocketApi`, of the feature `websockets`.
    pub fn connection_id(&self) -> &str {
        &self.fields.connection_id
    }

    /// The route that was chosen: `$connect`, `$disconnect`, `$default`, or what
    /// the API's route selection expression found in the message.
    pub fn route_key(&self) -> &str {
        text(&self.fields.route_key)
    }

    /// The message, base64-decoded where it is binary; empty for other events.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The message as text; empty for other events.
    ///
    /// # Errors
    ///
    /// 400 when the message is binary and not UTF-8.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(&self.body)
            .map_err(|error| HttpError::bad_request(format!("the message is not UTF-8: {error}")))
    }

    /// The message, from JSON.
    ///
    /// # Errors
    ///
    /// 400 when the message is not JSON of a `T`, with a message that repeats
    /// nothing of it: `Error Parsing JSON: missing field `room` at line 1 column 2`.
    pub fn json_body<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| {
            HttpError::bad_request(format!("Error Parsing JSON: {}", json::explain(&error)))
        })
    }

    /// The domain name of the API: its own, or a custom one.
    pub fn domain_name(&self) -> &str {
        text(&self.fields.domain_name)
    }

    /// The stage of the API.
    pub fn stage(&self) -> &str {
        text(&self.fields.stage)
    }

    /// The id of the API.
    pub fn api_id(&self) -> &str {
        text(&self.fields.api_id)
    }

    /// The id that API Gateway gave the event.
    pub fn request_id(&self) -> &str {
        text(&self.fields.request_id)
    }

    /// The id of the message; `None` for other events.
    pub fn message_id(&self) -> Option<&str> {
        self.fields.message_id.as_deref()
    }

    /// When the connection was opened, to the millisecond.
    pub fn connected_at(&self) -> Option<SystemTime> {
        time::seconds(self.fields.connected_at? / 1000.0)
    }

    /// When API Gateway took the event, to the millisecond.
    pub fn request_time(&self) -> Option<SystemTime> {
        time::seconds(self.fields.request_time_epoch? / 1000.0)
    }

    /// The address that the connection came from, as API Gateway saw it.
    pub fn client_address(&self) -> Option<IpAddr> {
        let identity = &self.fields.identity.as_ref()?.0;
        identity.source_ip.as_deref()?.parse().ok()
    }

    /// The `User-Agent` that the client sent when it connected.
    pub fn user_agent(&self) -> Option<&str> {
        let identity = &self.fields.identity.as_ref()?.0;
        identity.user_agent.as_deref()
    }

    /// Why the connection is gone, by the status codes of RFC 6455: 1000 after a
    /// proper end, 1001 after an idle one. `None` for other events.
    pub fn disconnect_status_code(&self) -> Option<u16> {
        self.fields.disconnect_status_code
    }

    /// Why the connection is gone, in words; `None` for other events.
    pub fn disconnect_reason(&self) -> Option<&str> {
        let reason = self.fields.disconnect_reason.as_deref();
        reason.filter(|reason| !reason.is_empty())
    }

    /// The headers of the request for the connection; those of a message's event are none.
    pub fn headers(&self) -> &HeaderMap {
        self.headers
            .get_or_init(|| headers::decode(self.raw.get(), &self.spans))
    }

    /// The first value of that header, whatever the case of `name`; `None` when
    /// there is none, or it is not UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers().get(name)?.as_bytes()).ok()
    }

    /// The query string of the request for the connection, decoded; empty for other events.
    pub fn query(&self) -> &QueryParameters {
        self.query
            .get_or_init(|| query::decode(self.raw.get(), &self.spans, Kind::RestApi))
    }

    /// The event's `requestContext`, undecoded: the authorizer's findings are there.
    pub fn request_context(&self) -> &RawValue {
        &self.request_context
    }

    /// The whole event, as AWS Lambda delivered it.
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }

    /// The invocation that the event came with.
    pub fn context(&self) -> &LambdaContext {
        &self.context
    }
}

impl SourceEvent for WebsocketEvent {
    const SOURCE: Source = Source::Websocket;

    fn from_raw(
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<WebsocketEvent, EventError> {
        WebsocketEvent::from_raw(event, context)
    }

    fn raw(&self) -> &RawValue {
        &self.raw
    }

    fn context(&self) -> &LambdaContext {
        &self.context
    }
}

impl fmt::Debug for WebsocketEvent {
    /// The connection and what happened on it, and nothing that was said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebsocketEvent")
            .field("event_type", &self.event_type())
            .field("connection_id", &self.connection_id())
            .field("route_key", &self.route_key())
            .finish_non_exhaustive()
    }
}
