//! Futures that wait for nothing.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

/// What a future comes to that waits for nothing; `None` if it does.
pub fn ready<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
