//! Chunks that an async function sends, which runs while they are read.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;

use super::channel::Receiver;
use crate::{Failure, HttpError};

type Writing = Pin<Box<dyn Future<Output = crate::Result<()>> + Send>>;

/// A function that has not come to its end, and what it has sent.
pub(super) struct Written {
    writing: Option<Writing>,
    chunks: Receiver,
    error: Option<HttpError>,
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
        if let Some(writing) = &mut self.writing
            && let Poll::Ready(written) = writing.as_mut().poll(context)
        {
            self.writing = None;
            self.error = written.err();
        }
        // The error comes behind what was sent before it.
        Pin::new(&mut self.chunks).poll_next(context).map(|chunk| {
            let error = || Some(Err(Box::new(Ended(self.error.take()?)).into()));
            chunk.or_else(error)
        })
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
