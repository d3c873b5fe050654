//! The frames of one connection, from its opening to its end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chalice_gateway::limits::{
    MAX_WEBSOCKET_FRAME, MAX_WEBSOCKET_MESSAGE, WEBSOCKET_DURATION, WEBSOCKET_IDLE_TIMEOUT,
};
use chalice_gateway::websocket::{ClientMessage, Closing, ServerMessage};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Error, Message};

use super::outbox::{Next, Outbox};

/// How long the client may take for its part of the closing handshake.
const CLOSING_PATIENCE: Duration = Duration::from_secs(2);

/// How many messages of one client are in functions at a time. The next one is
/// read only after one of them, so that a client cannot fill the memory.
const MAX_IN_FLIGHT: usize = 64;

/// Most messages are short, and there may be many connections.
const BUFFER: usize = 4096;

/// For how long a connection stays open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lifetime {
    /// Without a message.
    pub(super) idle: Duration,
    /// In any case.
    pub(super) total: Duration,
}

impl Default for Lifetime {
    /// API Gateway's.
    fn default() -> Lifetime {
        Lifetime {
            idle: WEBSOCKET_IDLE_TIMEOUT,
            total: WEBSOCKET_DURATION,
        }
    }
}

/// Who ends the connection.
enum End {
    /// The client, which waits for a close frame in return.
    Client(Closing),
    /// This side.
    Server(Closing),
    /// The network, or a client that says nothing.
    Lost,
}

/// Carries frames over the upgraded stream until the connection ends: what is in
/// the outbox to the client, and the client's messages to `on_message`, which keeps the
/// permit for as long as the message is in a function and may end the connection.
///
/// Frames of any kind from the client, pings included, and messages to it keep
/// a connection from being idle.
pub(super) async fn converse<S>(
    io: S,
    outbox: &Outbox,
    lifetime: Lifetime,
    mut on_message: impl FnMut(ClientMessage<'_>, OwnedSemaphorePermit) -> Option<Closing>,
) -> Closing
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(MAX_WEBSOCKET_MESSAGE))
        .max_frame_size(Some(MAX_WEBSOCKET_FRAME));
    let socket = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
    let (mut sink, mut stream) = socket.split();
    let in_flight = Arc::new(Semaphore::new(MAX_IN_FLIGHT));
    let opened = Instant::now();
    let mut last_heard = opened;
    let end = {
        let mut writing = pin!(write(&mut sink, outbox));
        loop {
            let deadline =
                (last_heard.max(outbox.last_taken()) + lifetime.idle).min(opened + lifetime.total);
            let next = async {
                // The semaphore is never closed; were it, nothing more would be read.
                let permit = in_flight.clone().acquire_owned().await.ok()?;
                Some((permit, stream.next().await?))
            };
            let heard = tokio::select! {
                end = &mut writing => break end,
                heard = next => heard,
                // A message that was sent meanwhile puts the deadline off.
                () = sleep_until(deadline) => {
                    let idle_since = last_heard.max(outbox.last_taken());
                    if opened.elapsed() >= lifetime.total || idle_since.elapsed() >= lifetime.idle {
                        break End::Server(Closing::going_away());
                    }
                    continue;
                }
            };
            last_heard = Instant::now();
            let message = match heard {
                Some((permit, message)) => message.map(|message| (permit, message)),
                None => break End::Lost,
            };
            let closing = match message {
                Ok((permit, Message::Text(text))) => on_message(ClientMessage::Text(&text), permit),
                Ok((permit, Message::Binary(_))) => on_message(ClientMessage::Binary, permit),
                Ok((_, Message::Close(frame))) => {
                    let frame = frame.as_ref();
                    let frame = frame.map(|frame| (frame.code.into(), frame.reason.as_str()));
                    break End::Client(Closing::by_client(frame));
                }
                // The library answers pings.
                Ok((_, Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => None,
                Err(error) => break failed(&error),
            };
            if let Some(closing) = closing {
                break End::Server(closing);
            }
        }
    };
    match end {
        End::Client(closing) => {
            // The library sends the close frame in return while it is read on.
            let rest = async { while let Some(Ok(_)) = stream.next().await {} };
            let _ = timeout(CLOSING_PATIENCE, rest).await;
            closing
        }
        End::Server(closing) => {
            let _ = timeout(CLOSING_PATIENCE, close(sink, stream, &closing)).await;
            closing
        }
        End::Lost => Closing::lost(),
    }
}

/// Sends what is in the outbox.
async fn write<S>(sink: &mut SplitSink<WebSocketStream<S>, Message>, outbox: &Outbox) -> End
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let message = match outbox.next().await {
            Next::Message(ServerMessage::Text(text)) => Message::text(text),
            Next::Message(ServerMessage::Binary(bytes)) => Message::binary(bytes),
            Next::Close(closing) => return End::Server(closing),
        };
        if sink.send(message).await.is_err() {
            return End::Lost;
        }
    }
}

/// What a message means that cannot be read.
fn failed(error: &Error) -> End {
    match error {
        Error::Capacity(_) => End::Server(Closing::message_too_large()),
        Error::Utf8(_) => End::Server(Closing::not_utf8()),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => End::Lost,
        Error::Protocol(_) => End::Server(Closing::protocol_error()),
        _ => End::Lost,
    }
}

/// Sends a close frame, and reads on until the client has sent one in return, or
/// closed the stream: what it has sent and nobody has read would reset the
/// stream, and the frame with it.
async fn close<S>(
    mut sink: SplitSink<WebSocketStream<S>, Message>,
    mut stream: SplitStream<WebSocketStream<S>>,
    closing: &Closing,
) -> Result<(), Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let frame = closing.sendable_status_code().map(|code| CloseFrame {
        code: CloseCode::from(code),
        reason: closing.reason().into(),
    });
    sink.send(Message::Close(frame)).await?;
    while let Some(message) = stream.next().await {
        if matches!(message, Ok(Message::Close(_))) {
            return Ok(());
        }
    }
    // What cannot be read as frames any more, or is at its end.
    if let Ok(socket) = sink.reunite(stream) {
        let mut io = socket.into_inner();
        io.shutdown().await?;
        tokio::io::copy(&mut io, &mut tokio::io::sink()).await?;
    }
    Ok(())
}

/// The response header that proves that a handshake was understood.
pub(super) fn accept_key(key: &[u8]) -> String {
    tungstenite::handshake::derive_accept_key(key)
}

#[cfg(test)]
mod tests;
