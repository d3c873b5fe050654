//! Conversations with the app's WebSocket API.

mod client;
mod connections;
mod handshake;
mod message;
mod socket;

pub use client::WebsocketClient;
pub(crate) use connections::TestConnections;
pub(super) use connections::Websockets;
pub use handshake::{RefusedHandshake, WebsocketHandshake};
pub use message::SocketMessage;
pub use socket::Socket;
