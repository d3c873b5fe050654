//! Handlers of one event source of which AWS lets one have an event only.

use super::ConflictKind;
use crate::{
    bytes::{SEED, equal, hash},
    definition::{HandlerKind, NotificationDef},
    event_source::s3::{events_overlap, filters_overlap},
    flatten::FlatHandler,
};

const FREE: u16 = u16::MAX;

/// The handlers so far, by what they are about: a queue, a bucket, a route of
/// the WebSocket API. `SLOTS` is a power of two, at least twice the number of handlers.
pub(super) struct Sources<const SLOTS: usize> {
    taken: [u16; SLOTS],
}

impl<const SLOTS: usize> Sources<SLOTS> {
    pub(super) const fn new() -> Self {
        Sources {
            taken: [FREE; SLOTS],
        }
    }

    /// Adds handler `at`; returns the first before it that contends for the
    /// same events, and for what.
    pub(super) const fn add(
        &mut self,
        handlers: &[FlatHandler],
        at: usize,
    ) -> Option<(usize, ConflictKind)> {
        let kind = &handlers[at].def.kind;
        let key = match kind {
            HandlerKind::Websocket { route_key } => route_key,
            HandlerKind::Sqs { queue } => queue,
            HandlerKind::S3(notification) => notification.bucket,
            HandlerKind::Route(_) | HandlerKind::Function | HandlerKind::Authorizer(_) => {
                return None;
            }
        };
        let mut found = None;
        let mut slot = hash(SEED, key.as_bytes()) as usize & (SLOTS - 1);
        // Those of one key stand one behind the other, in their order.
        while self.taken[slot] != FREE {
            let earlier = self.taken[slot] as usize;
            if found.is_none()
                && let Some(conflict) = contention(&handlers[earlier].def.kind, kind)
            {
                found = Some((earlier, conflict));
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        self.taken[slot] = at as u16;
        found
    }
}

/// What two handlers contend for, if they do.
const fn contention(a: &HandlerKind, b: &HandlerKind) -> Option<ConflictKind> {
    match (a, b) {
        (HandlerKind::Websocket { route_key: a }, HandlerKind::Websocket { route_key: b })
            if equal(a.as_bytes(), b.as_bytes()) =>
        {
            Some(ConflictKind::WebsocketRoute)
        }
        (HandlerKind::Sqs { queue: a }, HandlerKind::Sqs { queue: b })
            if equal(a.as_bytes(), b.as_bytes()) =>
        {
            Some(ConflictKind::Queue)
        }
        (HandlerKind::S3(a), HandlerKind::S3(b)) if notifications_overlap(a, b) => {
            Some(ConflictKind::Notification)
        }
        _ => None,
    }
}

/// Whether Amazon S3 refuses both notifications for one bucket (Amazon S3,
/// "Configuring event notifications using object key name filtering").
const fn notifications_overlap(a: &NotificationDef, b: &NotificationDef) -> bool {
    if !equal(a.bucket.as_bytes(), b.bucket.as_bytes())
        || !filters_overlap(a.prefix, a.suffix, b.prefix, b.suffix)
    {
        return false;
    }
    let mut first = 0;
    while first < a.events.len() {
        let mut second = 0;
        while second < b.events.len() {
            if events_overlap(a.events[first], b.events[second]) {
                return true;
            }
            second += 1;
        }
        first += 1;
    }
    false
}
