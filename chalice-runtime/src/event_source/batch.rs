//! One event, which its records share.
//!
//! Of a record, what every record of its source has is read once and kept with the event; a record that a
//! handler takes refers to it. To clone a record is to clone what of it is the record's own.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::event::{EventText, text::Span};

/// An event and what its records say, each a `F`.
pub(super) struct Batch<F> {
    text: EventText,
    records: Vec<(F, Span)>,
}

impl<F> Batch<F> {
    /// A batch, and its records, of which `record` makes one each, with what `own` takes out of
    /// what it says.
    pub(super) fn new<O, R>(
        text: EventText,
        mut records: Vec<(F, Span)>,
        own: impl FnMut(&mut F) -> O,
        record: impl Fn(Shared<F>, O) -> R,
    ) -> (Arc<Batch<F>>, Vec<R>) {
        let own: Vec<O> = records
            .iter_mut()
            .map(|(fields, _)| fields)
            .map(own)
            .collect();
        let batch = Arc::new(Batch { text, records });
        let records = own
            .into_iter()
            .enumerate()
            .map(|(at, own)| {
                let shared = Shared {
                    batch: Arc::clone(&batch),
                    at,
                };
                record(shared, own)
            })
            .collect();
        (batch, records)
    }

    /// The whole event.
    pub(super) fn event(&self) -> &str {
        self.text.get()
    }
}

/// One record of a batch, as far as it is the batch's.
pub(super) struct Shared<F> {
    batch: Arc<Batch<F>>,
    at: usize,
}

impl<F> Shared<F> {
    /// What the record says.
    pub(super) fn fields(&self) -> &F {
        &self.batch.records[self.at].0
    }

    /// The event.
    pub(super) fn event(&self) -> &str {
        self.batch.text.get()
    }

    /// The record as it stands in the event.
    pub(super) fn raw(&self) -> &RawValue {
        let (_, span) = &self.batch.records[self.at];
        raw(span.json(self.event()))
    }
}

impl<F> Clone for Shared<F> {
    fn clone(&self) -> Shared<F> {
        Shared {
            batch: Arc::clone(&self.batch),
            at: self.at,
        }
    }
}

/// JSON that has been read as such. AWS Lambda delivers nothing else, and a text that is none is `null`.
pub(super) fn raw(json: &str) -> &RawValue {
    serde_json::from_str(json).unwrap_or(RawValue::NULL)
}
