//! What is on its way to one client.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chalice_gateway::websocket::{Carrier, Closing, ServerMessage, Undelivered};
use tokio::sync::Notify;
use tokio::time::Instant;

/// How much may wait for a client that does not read, in bytes. API Gateway does
/// not say how large its buffer is, but that it answers with a 429 when it is full.
const MAX_WAITING: usize = 1024 * 1024;
/// What a message costs beside its bytes, so that empty ones are bounded as well.
const MESSAGE_COST: usize = 64;

/// The messages that wait for one client, and whether its connection is to be closed.
#[derive(Clone, Debug)]
pub(super) struct Outbox(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug)]
struct State {
    messages: VecDeque<ServerMessage>,
    /// What the messages cost.
    waiting: usize,
    closing: Option<Closing>,
    /// Nobody takes messages any more.
    abandoned: bool,
    last_taken: Instant,
}

/// What the client is to get next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A message.
    Message(ServerMessage),
    /// The end of the connection.
    Close(Closing),
}

impl Outbox {
    /// Nothing on its way.
    pub(super) fn new() -> Outbox {
        Outbox(Arc::new(Shared {
            state: Mutex::new(State {
                messages: VecDeque::new(),
                waiting: 0,
                closing: None,
                abandoned: false,
                last_taken: Instant::now(),
            }),
            changed: Notify::new(),
        }))
    }

    /// Waits for what the client is to get next. One task at a time may wait.
    pub(super) async fn next(&self) -> Next {
        loop {
            if let Some(next) = self.take() {
                return next;
            }
            self.0.changed.notified().await;
        }
    }

    fn take(&self) -> Option<Next> {
        let mut state = self.lock();
        if let Some(message) = state.messages.pop_front() {
            state.waiting -= cost(&message);
            state.last_taken = Instant::now();
            return Some(Next::Message(message));
        }
        state.closing.clone().map(Next::Close)
    }

    /// When the client was last sent a message, or the connection was opened.
    pub(super) fn last_taken(&self) -> Instant {
        self.lock().last_taken
    }

    /// Refuses all further messages: the client is gone.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.abandoned = true;
        state.messages.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cost(message: &ServerMessage) -> usize {
    let bytes = match message {
        ServerMessage::Text(text) => text.len(),
        ServerMessage::Binary(bytes) => bytes.len(),
    };
    bytes + MESSAGE_COST
}

impl Carrier for Outbox {
    fn send(&self, message: ServerMessage) -> Result<(), Undelivered> {
        let mut state = self.lock();
        if state.abandoned || state.closing.is_some() {
            return Err(Undelivered::Gone);
        }
        let waiting = state.waiting + cost(&message);
        if waiting > MAX_WAITING {
            return Err(Undelivered::Full);
        }
        state.waiting = waiting;
        state.messages.push_back(message);
        drop(state);
        self.0.changed.notify_one();
        Ok(())
    }

    fn close(&self, closing: Closing) {
        self.lock().closing.get_or_insert(closing);
        self.0.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> ServerMessage {
        ServerMessage::Text(text.to_owned())
    }

    #[tokio::test]
    async fn messages_come_in_order_and_before_the_end() {
        let outbox = Outbox::new();
        outbox.send(text("1")).unwrap();
        outbox.send(text("2")).unwrap();
        outbox.close(Closing::by_function());
        outbox.close(Closing::going_away());
        assert_eq!(outbox.send(text("3")), Err(Undelivered::Gone));
        assert_eq!(outbox.next().await, Next::Message(text("1")));
        assert_eq!(outbox.next().await, Next::Message(text("2")));
        assert_eq!(outbox.next().await, Next::Close(Closing::by_function()));
    }

    #[tokio::test]
    async fn what_waits_is_bounded() {
        for size in [0, 1000, 100_000] {
            let outbox = Outbox::new();
            let message = text(&"x".repeat(size));
            let mut taken = 0;
            while outbox.send(message.clone()).is_ok() {
                taken += 1;
            }
            assert_eq!(taken, MAX_WAITING / (size + MESSAGE_COST));
            assert_eq!(outbox.send(message.clone()), Err(Undelivered::Full));
            outbox.next().await;
            outbox.send(message).unwrap();
        }
    }

    #[tokio::test]
    async fn who_waits_is_woken() {
        let outbox = Outbox::new();
        let waiting = tokio::spawn({
            let outbox = outbox.clone();
            async move { outbox.next().await }
        });
        tokio::task::yield_now().await;
        outbox.send(text("late")).unwrap();
        assert_eq!(waiting.await.unwrap(), Next::Message(text("late")));
    }

    #[test]
    fn a_client_that_is_gone_gets_nothing() {
        let outbox = Outbox::new();
        outbox.abandon();
        assert_eq!(outbox.send(text("")), Err(Undelivered::Gone));
    }
}
