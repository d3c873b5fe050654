//! The gateway: from what happens on a connection to the function.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::SystemTime;

use bytes::Bytes;
use chalice_core::manifest::model::{FunctionKind, Manifest};
use http::header::USER_AGENT;
use http::{Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::connection::{self, Connection};
use super::disconnect::{Closing, DisconnectInvocation};
use super::event::{self, Facts};
use super::handshake::{self, ConnectInvocation, Handshake};
use super::management::{self, Command};
use super::message::{self, ClientMessage, MessageInvocation, MessageOutcome};
use super::notice;
use crate::Settings;
use crate::clock::Instant;
use crate::limits::MAX_WEBSOCKET_MESSAGE;

const CONNECT: &str = "$connect";
const DISCONNECT: &str = "$disconnect";
const DEFAULT: &str = "$default";

/// The WebSocket API of an app, as Amazon API Gateway would serve it.
#[derive(Clone, Debug)]
pub struct Gateway {
    settings: Settings,
    /// The functions' names, by route key.
    functions: HashMap<String, String>,
}

impl Gateway {
    /// Sets up the API that the manifest describes; `None` when the app has no
    /// function for one.
    pub fn new(manifest: &Manifest, settings: Settings) -> Option<Gateway> {
        let functions: HashMap<_, _> = manifest
            .functions
            .iter()
            .filter_map(|function| match &function.kind {
                FunctionKind::Websocket(route) => {
                    Some((route.route_key.clone(), function.name.clone()))
                }
                _ => None,
            })
            .collect();
        (!functions.is_empty()).then_some(Gateway {
            settings,
            functions,
        })
    }

    /// The stage: the path to which clients connect, and below which `@connections` is.
    pub fn stage(&self) -> &str {
        &self.settings.stage
    }

    /// Takes a request for a connection from `source_ip`, at the time `now`.
    ///
    /// The path is `/` and the stage; `/` alone is taken as well, as custom
    /// domain names map it.
    pub fn connect<B>(
        &self,
        request: &Request<B>,
        source_ip: IpAddr,
        now: SystemTime,
    ) -> Handshake {
        let request_id = connection::new_id();
        let user_agent = request.headers().get(USER_AGENT);
        let user_agent = user_agent.map(|value| crate::event::text(value.as_bytes()));
        let connection = Connection::new(source_ip, user_agent, now);
        let refuse = |status, error_type, message| {
            let body = notice::frame(message, &connection.id, &request_id);
            Handshake::Refuse(notice::response(status, error_type, body, &request_id))
        };
        if !self.is_endpoint(request.uri().path()) {
            return refuse(StatusCode::FORBIDDEN, "ForbiddenException", "Forbidden");
        }
        if !handshake::is_handshake(request) {
            return refuse(
                StatusCode::BAD_REQUEST,
                "BadRequestException",
                "Bad Request",
            );
        }
        let Some(function) = self.functions.get(CONNECT) else {
            return Handshake::Open(connection);
        };
        let mut headers = request.headers().clone();
        for name in handshake::HOP_BY_HOP {
            headers.remove(name);
        }
        let event = self
            .facts(&connection, CONNECT, &request_id, now)
            .connect(&event::Handshake {
                headers: crate::event::headers(&self.settings, &headers, source_ip),
                query: crate::event::query(request.uri()).non_empty(),
            });
        Handshake::Invoke(ConnectInvocation {
            function: function.clone(),
            event,
            request_id,
            connection,
        })
    }

    /// Takes a message that came on a connection at the time `now`.
    ///
    /// Its route is the one whose key is the message's `action`
    /// (`$request.body.action`), or else `$default`. No message reaches `$connect` or
    /// `$disconnect`.
    pub fn message(
        &self,
        connection: &Connection,
        message: ClientMessage<'_>,
        now: SystemTime,
    ) -> MessageOutcome {
        let text = match message {
            ClientMessage::Text(text) => text,
            ClientMessage::Binary => return MessageOutcome::Close(Closing::binary_message()),
        };
        if text.len() > MAX_WEBSOCKET_MESSAGE {
            return MessageOutcome::Close(Closing::message_too_large());
        }
        let request_id = connection::new_id();
        let action = message::action(text).filter(|action| !action.starts_with('$'));
        let route = action
            .as_deref()
            .and_then(|action| self.functions.get_key_value(action))
            .or_else(|| self.functions.get_key_value(DEFAULT));
        let Some((route_key, function)) = route else {
            return MessageOutcome::Reply(notice::frame("Forbidden", &connection.id, &request_id));
        };
        let event = self
            .facts(connection, route_key, &request_id, now)
            .message(&connection::new_id(), text);
        MessageOutcome::Invoke(MessageInvocation {
            function: function.clone(),
            event,
            request_id,
            route_key: route_key.clone(),
            connection_id: connection.id.clone(),
        })
    }

    /// What is left to do for a connection that is gone since the time `now`: an
    /// invocation, if the app has a function for `$disconnect`.
    pub fn disconnect(
        &self,
        connection: &Connection,
        closing: &Closing,
        now: SystemTime,
    ) -> Option<DisconnectInvocation> {
        let function = self.functions.get(DISCONNECT)?;
        let request_id = connection::new_id();
        let event = self
            .facts(connection, DISCONNECT, &request_id, now)
            .disconnect(closing);
        Some(DisconnectInvocation {
            function: function.clone(),
            event,
            request_id,
        })
    }

    /// Reads a request to `@connections`: `None` for a path that is not one of
    /// it, and then the command, or API Gateway's refusal.
    ///
    /// The path is `/{stage}/@connections/{connection_id}`, where any part may
    /// be percent-encoded, as the `=` of ids and `@` often are.
    pub fn command(&self, method: &Method, path: &str) -> Option<Result<Command, Response<Bytes>>> {
        management::parse(method, path, &self.settings.stage)
    }

    /// Whether a path is one to which clients connect.
    fn is_endpoint(&self, path: &str) -> bool {
        let path = path.strip_prefix('/').unwrap_or(path);
        let stage = path.strip_suffix('/').unwrap_or(path);
        stage.is_empty() || percent_decode_str(stage).eq(self.settings.stage.bytes())
    }

    fn facts<'a>(
        &'a self,
        connection: &'a Connection,
        route_key: &'a str,
        request_id: &'a str,
        now: SystemTime,
    ) -> Facts<'a> {
        Facts {
            settings: &self.settings,
            connection,
            route_key,
            request_id,
            time: Instant::at(now),
        }
    }
}

#[cfg(test)]
mod tests;
