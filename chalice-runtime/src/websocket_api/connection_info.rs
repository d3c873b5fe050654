//! What API Gateway knows about a connection.

use std::{net::IpAddr, time::SystemTime};

/// What API Gateway knows about an open connection; the answer of
/// [`WebsocketApi::info`](super::WebsocketApi::info).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectionInfo {
    /// When the connection was opened.
    pub connected_at: Option<SystemTime>,
    /// When a message last went through it, in either direction.
    pub last_active_at: Option<SystemTime>,
    /// The address that the client connects from.
    pub source_ip: Option<IpAddr>,
    /// The `User-Agent` that the client sent when it connected.
    pub user_agent: Option<String>,
}
