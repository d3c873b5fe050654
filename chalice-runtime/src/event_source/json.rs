//! Reading events, and saying what is wrong with one without repeating what it says.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;

use super::{EventError, Source};
use crate::event::{records, text::Span};

/// A `T` that is a JSON object. Serde alone would take a struct's fields from
/// an array, too, in their order.
#[derive(Clone)]
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object<T>, D::Error> {
        struct Of<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Of<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_map(Of(PhantomData)).map(Object)
    }
}

/// What the record of a source says about itself.
pub(super) trait Described: DeserializeOwned {
    /// The record's `eventSource`.
    fn event_source(&self) -> Option<&str>;
}

/// The event's object.
pub(super) fn object<'a, T: Deserialize<'a>>(
    event: &'a str,
    source: Source,
) -> Result<T, EventError> {
    match serde_json::from_str(event) {
        Ok(Object(object)) => Ok(object),
        Err(error) => Err(EventError::new(source, explain(&error))),
    }
}

/// The event's `Records`, and where they are.
pub(super) fn records<T: Described>(
    event: &str,
    source: Source,
) -> Result<Vec<(T, Span)>, EventError> {
    let spans = match records::spans(event) {
        Some(spans) => spans,
        None => spans_that_serde_finds(event, source)?,
    };
    let count = spans.len();
    let failed = |at: usize, reason: &dyn fmt::Display| {
        EventError::new(source, format!("record {} of {count}: {reason}", at + 1))
    };
    let mut read = Vec::with_capacity(count);
    for (at, span) in spans.into_iter().enumerate() {
        let Object(record): Object<T> =
            serde_json::from_str(span.json(event)).map_err(|error| failed(at, &explain(&error)))?;
        // Emulations of AWS have names of their own for themselves.
        if let (Some(found), Some(expected)) = (record.event_source(), source.event_source())
            && found.starts_with("aws:")
            && found != expected
        {
            let reason = match Source::of_records(found) {
                Some(other) => format!("it comes from {other}"),
                None => format!("its `eventSource` is not `{expected}`"),
            };
            return Err(failed(at, &reason));
        }
        read.push((record, span));
    }
    Ok(read)
}

/// Where the event's `Records` are, of an event of an unusual shape, or of none.
fn spans_that_serde_finds(event: &str, source: Source) -> Result<Vec<Span>, EventError> {
    #[derive(Deserialize)]
    struct Envelope<'a> {
        #[serde(borrow, rename = "Records")]
        records: Vec<&'a RawValue>,
    }

    let Envelope { records } = object(event, source)?;
    Ok(records
        .into_iter()
        .map(|record| Span::within(event, record.get()))
        .collect())
}

/// The event's `Records`, of a source that never sends an event without one.
pub(super) fn some_records<T: Described>(
    event: &str,
    source: Source,
) -> Result<Vec<(T, Span)>, EventError> {
    let records = records(event, source)?;
    if records.is_empty() {
        return Err(EventError::new(source, "`Records` is empty".to_owned()));
    }
    Ok(records)
}

/// What serde has to say, without any of the JSON: only what the type expects,
/// and where.
///
/// Messages of serde quote the value that they are about, and an event's
/// values may be secret.
pub(crate) fn explain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&position).unwrap_or(&message);
    let reason = match error.classify() {
        // These messages are about JSON's grammar, and quote nothing.
        serde_json::error::Category::Syntax
        | serde_json::error::Category::Eof
        | serde_json::error::Category::Io => message.to_owned(),
        serde_json::error::Category::Data => without_values(message),
    };
    format!("{reason}{position}")
}

/// The parts of a message about data that a type's author wrote.
pub(super) fn without_values(message: &str) -> String {
    if message.starts_with("missing field `") || message.starts_with("duplicate field `") {
        return message.to_owned();
    }
    for kind in [
        "invalid type",
        "invalid value",
        "invalid length",
        "unknown variant",
        "unknown field",
    ] {
        if message.starts_with(kind) {
            return match message.rsplit_once(", expected ") {
                Some((_, expected)) => format!("{kind}, expected {expected}"),
                None => kind.to_owned(),
            };
        }
    }
    "the value is refused".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it can be read is of interest")]
    struct Order {
        article: String,
        count: u8,
        color: Option<Color>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Color {
        Red,
        Blue,
    }

    fn reason(json: &str) -> String {
        explain(&serde_json::from_str::<Order>(json).unwrap_err())
    }

    #[test]
    fn reasons_name_fields_and_places() {
        assert_eq!(
            reason(r#"{"article": "secret"}"#),
            "missing field `count` at line 1 column 21"
        );
        assert_eq!(
            reason(r#"{"article": "a", "article": "secret"}"#),
            "duplicate field `article` at line 1 column 26"
        );
        assert_eq!(
            reason("{\"article\":\n\"secret"),
            "EOF while parsing a string at line 2 column 7"
        );
        assert_eq!(reason("secret"), "expected value at line 1 column 1");
    }

    #[test]
    fn reasons_quote_no_values() {
        assert_eq!(
            reason(r#"{"article": "a", "count": "secret"}"#),
            "invalid type, expected u8 at line 1 column 34"
        );
        assert_eq!(
            reason(r#"{"article": "a", "count": "secret, expected secret"}"#),
            "invalid type, expected u8 at line 1 column 51"
        );
        assert_eq!(
            reason(r#"{"article": "a", "count": 4711}"#),
            "invalid value, expected u8 at line 1 column 30"
        );
        assert_eq!(
            reason(r#"{"article": "a", "count": 1, "color": "secret"}"#),
            "unknown variant, expected `red` or `blue` at line 1 column 46"
        );
        assert_eq!(
            without_values("not a card number: 4711"),
            "the value is refused"
        );
    }

    #[test]
    fn arrays_are_no_objects() {
        assert!(serde_json::from_str::<Order>(r#"["a", 1, null]"#).is_ok());
        let refused = serde_json::from_str::<Object<Order>>(r#"["a", 1, null]"#);
        assert_eq!(
            explain(&refused.err().unwrap()),
            "invalid type, expected a JSON object at line 1 column 0"
        );
    }
}
