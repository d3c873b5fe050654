//! The body of a response: whole, or as it comes.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::mpsc;

use super::environment::FunctionError;
use super::request_log::Line;

/// What a function streams.
pub(super) type Chunks = mpsc::Receiver<Result<Bytes, FunctionError>>;

/// The body of a response to a client.
#[derive(Debug)]
pub(super) enum Body {
    Whole(Full<Bytes>),
    Stream(StreamedBody),
}

/// The function did not get to the end of its response. The connection ends
/// with it, by which the client sees that the body is not whole.
#[derive(Debug)]
pub(super) struct EndedEarly;

impl fmt::Display for EndedEarly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream ended early")
    }
}

impl std::error::Error for EndedEarly {}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = EndedEarly;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, EndedEarly>>> {
        match self.get_mut() {
            Body::Whole(full) => Pin::new(full)
                .poll_frame(context)
                .map_err(|never| match never {}),
            Body::Stream(streamed) => streamed
                .poll(context)
                .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Body::Whole(full) => full.is_end_stream(),
            Body::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Whole(full) => full.size_hint(),
            Body::Stream(_) => SizeHint::new(),
        }
    }
}

/// A streamed body, whose request is logged when the last of it has been sent.
#[derive(Debug)]
pub(super) struct StreamedBody {
    chunks: Chunks,
    line: Line,
    bytes: usize,
}

impl StreamedBody {
    pub(super) fn new(chunks: Chunks, line: Line) -> StreamedBody {
        StreamedBody {
            chunks,
            line,
            bytes: 0,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, EndedEarly>>> {
        self.chunks.poll_recv(context).map(|chunk| match chunk? {
            Ok(chunk) => {
                self.bytes += chunk.len();
                Some(Ok(chunk))
            }
            Err(error) => {
                let Line { method, uri, .. } = &self.line;
                eprintln!(
                    "error: {method} {}: the stream ended early: {error}",
                    uri.path()
                );
                Some(Err(EndedEarly))
            }
        })
    }
}

impl Drop for StreamedBody {
    fn drop(&mut self) {
        self.line.write(self.bytes);
    }
}
