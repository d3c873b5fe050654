//! The app's WebSocket API: connections of clients, and `@connections`.

mod conversation;
mod handshake;
mod invocation;
mod management;
mod outbox;
mod session;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chalice_gateway::websocket::{Carrier as _, Closing, Connection, Connections};
use tokio::sync::watch;

pub(super) use self::handshake::upgrade;
pub(super) use self::management::manage;
use self::outbox::Outbox;

/// For how long the server waits for its sessions to end when it stops: for
/// clients, and for the functions of `$disconnect`.
const STOP_PATIENCE: Duration = Duration::from_secs(5);

/// The open connections of the server. They outlive each build of the app.
pub(super) struct Sockets {
    connections: Connections<Outbox>,
    /// How many sessions there are. One lasts until its `$disconnect` is over.
    sessions: watch::Sender<usize>,
    stopping: AtomicBool,
}

impl Sockets {
    /// No connections as yet.
    pub(super) fn new() -> Arc<Sockets> {
        Arc::new(Sockets {
            connections: Connections::default(),
            sessions: watch::Sender::new(0),
            stopping: AtomicBool::new(false),
        })
    }

    /// Adds a connection; the returned outbox carries what it is sent. While the
    /// server stops it is closed at once: clients that connect again would keep the server.
    fn open(&self, connection: Connection) -> Outbox {
        let outbox = Outbox::new();
        self.connections.add(connection, outbox.clone());
        // Asked afterwards: what was added before `stop` closed all of them is closed there.
        if self.stopping.load(Ordering::SeqCst) {
            outbox.close(Closing::going_away());
        }
        outbox
    }

    /// Closes all connections, because the server stops.
    pub(super) async fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
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

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use chalice_core::manifest::model::Manifest;
    use chalice_gateway::Settings;
    use chalice_gateway::websocket::{Gateway, Handshake};
    use serde_json::json;

    use super::outbox::Next;
    use super::*;

    /// A connection to an app that has no function for `$connect`.
    fn connection() -> Connection {
        let source = json!({"module": "m", "item": "APP", "file": "src/main.rs", "line": 1});
        let api = json!({"cors": null, "binary_types": [], "compression": null, "debug": false});
        let message = json!({
            "name": "websocket_message", "type": "websocket", "route_key": "$default",
            "description": null, "source": source,
        });
        let manifest = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
            "app": {"name": "chat", "source": source, "api": api}, "functions": [message], "routes": [],
        });
        let manifest = Manifest::from_json(manifest.to_string().as_bytes()).unwrap();
        let gateway = Gateway::new(&manifest, Settings::default()).unwrap();
        let request = http::Request::get("/api")
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .body(())
            .unwrap();
        match gateway.connect(&request, [127, 0, 0, 1].into(), SystemTime::now()) {
            Handshake::Open(connection) => connection,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn who_connects_while_the_server_stops_is_closed_as_well() {
        let sockets = Sockets::new();
        let early = sockets.open(connection());
        sockets.stop().await;
        let late = sockets.open(connection());
        for outbox in [early, late] {
            let next = tokio::time::timeout(Duration::from_secs(5), outbox.next()).await;
            assert_eq!(next.unwrap(), Next::Close(Closing::going_away()));
        }
    }
}
