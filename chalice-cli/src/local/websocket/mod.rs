//! The app's WebSocket API: connections of clients, and `@connections`.

mod conversation;
mod handshake;
mod invocation;
mod management;
mod outbox;
mod session;

use std::sync::Arc;
use std::time::Duration;

use chalice_gateway::websocket::{Closing, Connections};
use tokio::sync::watch;

pub(super) use self::handshake::upgrade;
pub(super) use self::management::manage;
use self::outbox::Outbox;

/// For how long the server waits for its sessions to end when it stops.
const STOP_PATIENCE: Duration = Duration::from_secs(3);

/// The open connections of the server. They outlive each build of the app.
pub(super) struct Sockets {
    connections: Connections<Outbox>,
    /// How many sessions there are. One lasts until its `$disconnect` is over.
    sessions: watch::Sender<usize>,
}

impl Sockets {
    /// No connections as yet.
    pub(super) fn new() -> Arc<Sockets> {
        Arc::new(Sockets {
            connections: Connections::default(),
            sessions: watch::Sender::new(0),
        })
    }

    /// Closes all connections, because the server stops.
    pub(super) async fn stop(&self) {
        self.connections.close_all(&Closing::going_away());
        let mut sessions = self.sessions.subscribe();
        let none = sessions.wait_for(|sessions| *sessions == 0);
        // A function that takes its time ends with the server.
        let _ = tokio::time::timeout(STOP_PATIENCE, none).await;
    }

    /// Counts a session until the returned value is dropped.
    fn begin_session(self: &Arc<Self>) -> SessionCount {
        self.sessions.send_modify(|sessions| *sessions += 1);
        SessionCount(self.clone())
    }
}

/// One session, as the server counts it.
struct SessionCount(Arc<Sockets>);

impl Drop for SessionCount {
    fn drop(&mut self) {
        self.0.sessions.send_modify(|sessions| *sessions -= 1);
    }
}
