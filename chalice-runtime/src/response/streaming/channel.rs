//! Chunks from somewhere else.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc;

use crate::Failure;

/// Sends the chunks of a [`StreamingBody`](crate::StreamingBody).
#[derive(Debug)]
pub struct StreamSender {
    chunks: mpsc::Sender<Result<Bytes, Failure>>,
    panicked: Arc<AtomicBool>,
}

/// Nobody reads the body any more: the client has gone, or the response was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody reads the response's body any more")]
pub struct StreamClosed;

/// The task that made the chunks did not get to its end.
#[derive(Debug, thiserror::Error)]
#[error("what makes the body's chunks panicked")]
pub(super) struct Panicked;

impl StreamSender {
    /// Sends a chunk, once there is room for it: at most one waits to be read.
    ///
    /// # Errors
    ///
    /// When nobody reads the body any more; there is no use in making more of it.
    pub async fn send(&self, chunk: impl Into<Bytes>) -> Result<(), StreamClosed> {
        let sent = self.chunks.send(Ok(chunk.into())).await;
        sent.map_err(|_| StreamClosed)
    }

    /// Ends the body with an error, which is logged: the client learns that the body is not whole.
    ///
    /// # Errors
    ///
    /// When nobody reads the body any more.
    pub async fn fail(self, error: impl Into<Failure>) -> Result<(), StreamClosed> {
        let sent = self.chunks.send(Err(error.into())).await;
        sent.map_err(|_| StreamClosed)
    }
}

impl Drop for StreamSender {
    fn drop(&mut self) {
        // A body must not look complete because what makes it has died.
        if std::thread::panicking() {
            self.panicked.store(true, Ordering::Release);
        }
    }
}

/// The end that is read.
#[derive(Debug)]
pub(super) struct Receiver {
    chunks: mpsc::Receiver<Result<Bytes, Failure>>,
    panicked: Arc<AtomicBool>,
}

pub(super) fn channel() -> (StreamSender, Receiver) {
    let (sender, chunks) = mpsc::channel(1);
    let panicked = Arc::new(AtomicBool::new(false));
    let sender = StreamSender {
        chunks: sender,
        panicked: Arc::clone(&panicked),
    };
    (sender, Receiver { chunks, panicked })
}

impl Stream for Receiver {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.chunks.poll_recv(context).map(|chunk| {
            let panicked = chunk.is_none() && self.panicked.swap(false, Ordering::Acquire);
            chunk.or_else(|| panicked.then(|| Err(Box::new(Panicked).into())))
        })
    }
}
