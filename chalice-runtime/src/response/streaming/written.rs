//! Chunks that an async function sends, which runs while they are read.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;

use super::channel::{Panicked, Receiver};
use crate::{Failure, HttpError, log};

type Writing = Pin<Box<dyn Future<Output = crate::Result<()>> + Send>>;

/// A function that has not come to its end, and what it has sent.
pub(super) struct Written {
    writing: Option<Writing>,
    chunks: Receiver,
    error: Option<Failure>,
}

impl Written {
    pub(super) fn new(writing: Writing, chunks: Receiver) -> Written {
        Written {
            writing: Some(writing),
            chunks,
            error: None,
        }
    }
}

impl Stream for Written {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(writing) = &mut self.writing {
            // What it has sent before it panicked is still to be read.
            let error = match log::panic::caught_in(|| writing.as_mut().poll(context)) {
                Ok(Poll::Pending) => None,
                Ok(Poll::Ready(Ok(()))) => {
                    self.writing = None;
                    None
                }
                Ok(Poll::Ready(Err(error))) => Some(Box::new(Ended(error)).into()),
                Err(panic) => {
                    panic.log();
                    Some(Box::new(Panicked).into())
                }
            };
            if error.is_some() {
                self.writing = None;
                self.error = error;
            }
        }
        // Errors come behind what was sent before them.
        let chunk = Pin::new(&mut self.chunks).poll_next(context);
        chunk.map(|chunk| chunk.or_else(|| self.error.take().map(Err)))
    }
}

/// The error that a function returned instead of the rest of the body.
struct Ended(HttpError);

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.cause() {
            Some(cause) => fmt::Display::fmt(cause, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl fmt::Debug for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Error for Ended {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.cause()?.source()
    }
}
