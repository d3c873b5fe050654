//! The body of an event.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;

use crate::event::{Spans, text::text_of};

/// The body's bytes, or what is wrong with it.
pub(super) fn decode(json: &str, spans: &Spans, is_base64: bool) -> Result<Bytes, &'static str> {
    let Some(body) = &spans.body else {
        return Ok(Bytes::new());
    };
    let text = text_of(body.json(json)).ok_or("the event's body is not a text")?;
    if is_base64 {
        return STANDARD
            .decode(text.as_bytes())
            .map(Bytes::from)
            .map_err(|_| "the event's body is not base64, although the event says so");
    }
    Ok(Bytes::from(text.into_owned()))
}
