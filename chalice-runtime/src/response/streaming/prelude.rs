//! Streamed responses on the wire.
//!
//! A JSON object with the status and the headers, eight NUL bytes, and the bytes of the body, as they are (Amazon API
//! Gateway, "Set up a Lambda proxy integration with payload response
//! streaming"; function URLs take the same).

use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::SET_COOKIE;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::contained::{Contained, EndedEarly};
use crate::{
    HttpError, Response,
    event::Kind,
    log,
    response::wire::{Map, Reply, joined, several, single, text},
};

/// What is between the prelude and the body. JSON escapes NUL, so it is never in the prelude.
const DELIMITER: [u8; 8] = [0; 8];

/// How many bytes API Gateway reads in search of the delimiter: 16 KB.
const MAX_PRELUDE: usize = 16 * 1024;

/// A streamed response on its way to the service that made the event.
#[derive(Debug)]
pub(crate) struct Streamed {
    /// The prelude and the delimiter.
    pub(crate) prelude: Bytes,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Whole(Bytes),
    Stream(Contained),
}

impl Streamed {
    /// The response on the wire. One whose headers API Gateway would not read
    /// to their end becomes a logged 500.
    pub(crate) fn new(reply: Reply) -> Streamed {
        let Reply { kind, response, .. } = reply;
        match prelude(kind, &response) {
            Ok(prelude) => Streamed {
                prelude,
                body: body(response),
            },
            Err(problem) => {
                tracing::error!(target: log::TARGET, "{problem}");
                let response = HttpError::internal().respond();
                Streamed {
                    prelude: prelude(kind, &response).unwrap_or_default(),
                    body: body(response),
                }
            }
        }
    }

    /// The next chunk of the body.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, EndedEarly>>> {
        match &mut self.body {
            Body::Whole(bytes) => {
                let chunk = std::mem::take(bytes);
                Poll::Ready((!chunk.is_empty()).then_some(Ok(chunk)))
            }
            Body::Stream(stream) => stream.poll_chunk(context),
        }
    }
}

fn body(mut response: Response) -> Body {
    match response.take_streaming_body() {
        Some(body) => Body::Stream(Contained::new(body)),
        None => Body::Whole(response.body().clone()),
    }
}

#[derive(Debug, thiserror::Error)]
enum PreludeError {
    #[error(
        "the headers of the response have {0} bytes as JSON: API Gateway reads at most {MAX_PRELUDE} before the body \
         of a streamed response"
    )]
    TooLong(usize),
    #[error("the headers of the response cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

fn prelude(kind: Kind, response: &Response) -> Result<Bytes, PreludeError> {
    let mut prelude = serde_json::to_vec(&Prelude { kind, response })?;
    prelude.extend_from_slice(&DELIMITER);
    if prelude.len() > MAX_PRELUDE {
        return Err(PreludeError::TooLong(prelude.len()));
    }
    Ok(Bytes::from(prelude))
}

/// Status and headers, in the members that the service knows.
struct Prelude<'a> {
    kind: Kind,
    response: &'a Response,
}

impl Serialize for Prelude<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headers = self.response.headers();
        let status = self.response.status().as_u16();
        let mut prelude = serializer.serialize_struct("Prelude", 3)?;
        prelude.serialize_field("statusCode", &status)?;
        if self.kind == Kind::FunctionUrl {
            // One value per header, and the cookies apart, as in payload format 2.0.
            prelude.serialize_field("headers", &joined(headers, false))?;
            let cookies: Vec<_> = headers.get_all(SET_COOKIE).iter().map(text).collect();
            if !cookies.is_empty() {
                prelude.serialize_field("cookies", &cookies)?;
            }
        } else {
            prelude.serialize_field("headers", &Map(|| single(headers, |_, _| false)))?;
            if headers.keys_len() < headers.len() {
                prelude.serialize_field("multiValueHeaders", &Map(|| several(headers)))?;
            }
        }
        prelude.end()
    }
}
