//! Events on their way through `lambda_runtime`, as they are.
//!
//! `lambda_runtime` parses an event before it calls the app, as a type that it can take whole: a pass over all of it
//! and a copy, for what the app does in a pass of its own. So a layer keeps the event's bytes back and sends
//! a number through in its place, for which the app's side takes the bytes. Both happen in the layer's `call`, on
//! one thread, without anything in between (`lambda_runtime` 1.5, `layers/api_response.rs`). Should a version of it ever
//! parse later, or elsewhere, then numbers do not find their event, and every invocation fails, in tests first.

use std::{
    cell::{Cell, RefCell},
    task::{Context, Poll},
};

use bytes::Bytes;
use lambda_runtime::{
    LambdaInvocation,
    tower::{Layer, Service},
};
use serde::{Deserialize, Deserializer, de::Error};

use crate::event::EventText;

thread_local! {
    /// The event that has been handed over last on this thread, and its number.
    static KEPT: RefCell<Option<(u32, Bytes)>> = const { RefCell::new(None) };
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// Keeps an event for the [`Delivered`] that is read next on this thread, of what this returns.
pub fn hand_over(event: Bytes) -> Bytes {
    let number = NUMBER.get().wrapping_add(1);
    NUMBER.set(number);
    KEPT.replace(Some((number, event)));
    Bytes::from(number.to_string())
}

/// An event that has been handed over.
#[derive(Debug)]
pub struct Delivered(pub(crate) EventText);

impl<'de> Deserialize<'de> for Delivered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Delivered, D::Error> {
        let number = u32::deserialize(deserializer)?;
        match KEPT.take() {
            Some((kept, event)) if kept == number => EventText::try_from(event)
                .map(Delivered)
                .map_err(|_| D::Error::custom("the event is not UTF-8, as JSON is")),
            _ => Err(D::Error::custom("the event did not get to the app")),
        }
    }
}

/// Hands events over.
#[derive(Clone, Copy, Debug)]
pub(super) struct HandOver;

impl<S> Layer<S> for HandOver {
    type Service = HandingOver<S>;

    fn layer(&self, inner: S) -> HandingOver<S> {
        HandingOver(inner)
    }
}

/// A service whose events are handed over.
#[derive(Clone, Debug)]
pub(super) struct HandingOver<S>(S);

impl<S: Service<LambdaInvocation>> Service<LambdaInvocation> for HandingOver<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut invocation: LambdaInvocation) -> S::Future {
        invocation.body = hand_over(invocation.body);
        self.0.call(invocation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stand_in: &[u8]) -> Result<String, String> {
        let delivered: Result<Delivered, _> = serde_json::from_slice(stand_in);
        delivered
            .map(|Delivered(event)| event.get().to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_event_is_taken_once_and_for_its_own_number() {
        let first = hand_over(Bytes::from_static(b"{}"));
        assert_eq!(read(&first).unwrap(), "{}");
        assert!(read(&first).unwrap_err().contains("did not get to the app"));
        let second = hand_over(Bytes::from_static(b"[1]"));
        assert!(read(&first).is_err());
        assert!(read(&second).is_err());
        let third = hand_over(Bytes::from_static(b"[2]"));
        let elsewhere = std::thread::scope(|scope| scope.spawn(|| read(&third)).join().unwrap());
        assert!(elsewhere.is_err());
        assert_eq!(read(&third).unwrap(), "[2]");
        assert!(read(b"{}").is_err());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let stand_in = hand_over(Bytes::from_static(b"{\"a\":\"\xFF\"}"));
        assert!(read(&stand_in).unwrap_err().contains("not UTF-8"));
    }
}
