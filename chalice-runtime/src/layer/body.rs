//! The bodies that layers see.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::Failure;
use crate::StreamingBody;

/// The body of the requests and responses that layers see: bytes, or a [`StreamingBody`].
///
/// Only a stream has no exact [`size_hint`](HttpBody::size_hint).
#[derive(Default)]
pub struct Body(Kind);

enum Kind {
    Whole(Bytes),
    Stream(StreamingBody),
}

impl Default for Kind {
    fn default() -> Kind {
        Kind::Whole(Bytes::new())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Body {
        Body(Kind::Whole(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Body {
        Body(Kind::Whole(bytes.into()))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Body {
        Body(Kind::Whole(text.into()))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Body {
        Body(Kind::Whole(text.into()))
    }
}

impl From<StreamingBody> for Body {
    fn from(stream: StreamingBody) -> Body {
        Body(Kind::Stream(stream))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        match &mut self.0 {
            Kind::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Kind::Stream(stream) => Pin::new(stream)
                .poll_next(context)
                .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Kind::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(_) => SizeHint::new(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Whole(bytes) => f.debug_tuple("Body").field(bytes).finish(),
            Kind::Stream(stream) => f.debug_tuple("Body").field(stream).finish(),
        }
    }
}

/// The data of the body that a layer has put around another. Trailers have no
/// place in what AWS Lambda returns.
pub(super) struct Chunks<B>(Pin<Box<B>>);

impl<B> Chunks<B> {
    pub(super) fn of(body: B) -> Chunks<B> {
        Chunks(Box::pin(body))
    }
}

impl<B: HttpBody> Stream for Chunks<B> {
    type Item = Result<Bytes, B::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(self.0.as_mut().poll_frame(context)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            if let Ok(mut data) = frame.into_data() {
                let bytes = data.copy_to_bytes(data.remaining());
                return Poll::Ready(Some(Ok(bytes)));
            }
        }
    }
}
