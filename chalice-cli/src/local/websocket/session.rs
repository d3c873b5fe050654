//! One connection: its messages become invocations, and so does its end.

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use chalice_gateway::limits::INTEGRATION_TIMEOUT;
use chalice_gateway::websocket::{
    Carrier as _, ClientMessage, Closing, Connection, MessageInvocation, MessageOutcome,
    ServerMessage,
};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::sync::OwnedSemaphorePermit;

use super::super::deployment::{Current, Deployment};
use super::super::request_log;
use super::Sockets;
use super::conversation::{Lifetime, converse};
use super::invocation::{self, Failure};
use super::outbox::Outbox;

/// One connection. Each of its events goes to the build of the app that is in
/// service when it happens.
pub(super) struct Session {
    sockets: Arc<Sockets>,
    current: Arc<Current>,
    connection: Connection,
    outbox: Outbox,
}

impl Session {
    pub(super) fn new(
        sockets: Arc<Sockets>,
        current: Arc<Current>,
        connection: Connection,
        outbox: Outbox,
    ) -> Session {
        Session {
            sockets,
            current,
            connection,
            outbox,
        }
    }

    /// Serves the connection until its end, and the end as well.
    pub(super) async fn run(self, on_upgrade: OnUpgrade) {
        let closing = match on_upgrade.await {
            Ok(upgraded) => {
                let on_message = |message: ClientMessage<'_>, permit| self.take(message, permit);
                let lifetime = Lifetime::default();
                converse(TokioIo::new(upgraded), &self.outbox, lifetime, on_message).await
            }
            // The client did not wait for the response.
            Err(_) => Closing::lost(),
        };
        self.outbox.abandon();
        self.sockets.connections.remove(self.connection.id());
        self.disconnect(&closing).await;
    }

    /// Takes a message. Its function does not wait for those of earlier messages:
    /// API Gateway invokes one for each message as it comes, and keeps no order.
    fn take(&self, message: ClientMessage<'_>, permit: OwnedSemaphorePermit) -> Option<Closing> {
        let start = Instant::now();
        let now = SystemTime::now();
        self.sockets.connections.touch(self.connection.id(), now);
        let deployment = self.current.get();
        let Some(gateway) = &deployment.websocket else {
            eprintln!("note: the app has no WebSocket API any more: its connections are closed");
            return Some(Closing::going_away());
        };
        match gateway.message(&self.connection, message, now) {
            MessageOutcome::Invoke(invocation) => {
                let line = request_log::Message {
                    connection_id: self.connection.id().to_owned(),
                    bytes: length(message),
                    start,
                };
                let outbox = self.outbox.clone();
                let deployment = deployment.clone();
                tokio::spawn(async move {
                    answer(&deployment, invocation, &outbox, &line).await;
                    drop(permit);
                });
                None
            }
            MessageOutcome::Reply(reply) => {
                eprintln!(
                    "note: no function takes a message of {}: its JSON has no `action` that is a route key, and \
                     the app no `#[on_ws_message]` without one",
                    self.connection.id()
                );
                send(&self.outbox, reply);
                None
            }
            MessageOutcome::Close(closing) => Some(closing),
        }
    }

    async fn disconnect(&self, closing: &Closing) {
        let start = Instant::now();
        let deployment = self.current.get();
        let invocation = deployment
            .websocket
            .as_ref()
            .and_then(|gateway| gateway.disconnect(&self.connection, closing, SystemTime::now()));
        if let Some(invocation) = invocation {
            let (function, event) = (&invocation.function, invocation.event);
            // What it returns goes nowhere, and how it fails has been said.
            let _ = invocation::invoke(&deployment, function, event, INTEGRATION_TIMEOUT).await;
        }
        request_log::disconnected(self.connection.id(), closing.status_code(), start);
    }
}

/// Invokes the function of a message. The client hears of failures only.
async fn answer(
    deployment: &Deployment,
    mut invocation: MessageInvocation,
    outbox: &Outbox,
    line: &request_log::Message,
) {
    let event = std::mem::take(&mut invocation.event);
    let function = &invocation.function;
    let returned = invocation::invoke(deployment, function, event, invocation.timeout()).await;
    let reply = match returned {
        Ok(payload) => invocation.try_answer(&payload).err().map(|error| {
            let reason = format!("API Gateway does not accept what the app returned: {error}");
            invocation::say(function, &reason);
            invocation.function_error()
        }),
        Err(Failure::TimedOut) => Some(invocation.timed_out()),
        Err(Failure::Failed) => Some(invocation.function_error()),
    };
    line.write(&invocation.route_key);
    if let Some(reply) = reply {
        send(outbox, reply);
    }
}

fn send(outbox: &Outbox, text: String) {
    // A client that is gone or does not read misses it.
    let _ = outbox.send(ServerMessage::Text(text));
}

fn length(message: ClientMessage<'_>) -> usize {
    match message {
        ClientMessage::Text(text) => text.len(),
        ClientMessage::Binary => 0,
    }
}
