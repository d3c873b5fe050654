//! A stream on its way out: here ends what goes wrong in it.

use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use tracing::Span;

use crate::{StreamingBody, log};

/// The body of a response that is being sent. It is polled outside of the
/// invocation's task, hence carries the span of its log.
#[derive(Debug)]
pub(crate) struct Contained {
    body: Option<StreamingBody>,
    span: Span,
}

/// The body ended early; the log has the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the response's body is not whole: an error ended it, which the function's log has")]
pub(crate) struct EndedEarly;

impl Contained {
    /// The body of a response of the invocation that is running.
    pub(crate) fn new(body: StreamingBody) -> Contained {
        Contained {
            body: Some(body),
            span: Span::current(),
        }
    }

    /// The next chunk that is not empty.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, EndedEarly>>> {
        let _entered = self.span.enter();
        loop {
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            let polled = log::panic::caught_in(|| Pin::new(body).poll_next(context));
            match polled {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(Some(Ok(chunk)))) if chunk.is_empty() => continue,
                Ok(Poll::Ready(Some(Ok(chunk)))) => return Poll::Ready(Some(Ok(chunk))),
                Ok(Poll::Ready(Some(Err(error)))) => {
                    let error: &(dyn Error + 'static) = &*error;
                    tracing::error!(
                        target: log::TARGET,
                        error,
                        "an error ended the streaming body; the client has a part of it"
                    );
                }
                Err(panic) => panic.log(),
                Ok(Poll::Ready(None)) => {
                    self.body = None;
                    return Poll::Ready(None);
                }
            }
            self.body = None;
            return Poll::Ready(Some(Err(EndedEarly)));
        }
    }
}

impl Drop for Contained {
    fn drop(&mut self) {
        // What the body's own code does when nobody reads on belongs to the invocation, too.
        let _entered = self.span.enter();
        if let Some(body) = self.body.take()
            && let Err(panic) = log::panic::caught_in(|| drop(body))
        {
            panic.log();
        }
    }
}
