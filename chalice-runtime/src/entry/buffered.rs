//! Answers that are one document each.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use lambda_runtime::{
    FunctionResponse, LambdaEvent, Service,
    tower::{ServiceExt, util::MapResponse},
};

use crate::Failure;

/// The stream of answers that are none. There is no value of it, so that the compiler leaves out what `lambda_runtime`
/// does with streams: 50 KB of a binary, which otherwise are there or not as the optimiser likes.
#[derive(Debug)]
pub(super) enum NoStream {}

impl Stream for NoStream {
    type Item = Result<Bytes, Failure>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match *self {}
    }
}

/// A service whose answers, of this type, are known not to be streams.
pub(super) type Buffered<S, R> = MapResponse<S, fn(R) -> FunctionResponse<R, NoStream>>;

/// The service, whose answers are no streams.
pub(super) fn buffered<P, S>(service: S) -> Buffered<S, S::Response>
where
    S: Service<LambdaEvent<P>>,
{
    service.map_response(FunctionResponse::BufferedResponse)
}
