//! Pieces of an event's JSON: where they are, and what they say.

use std::{borrow::Cow, fmt, ops::Range};

use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// Where a JSON value is in the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span(Range<usize>);

impl Span {
    /// The place of `value`, which borrows from `json`.
    pub(super) fn of(json: &str, value: Option<&RawValue>) -> Option<Span> {
        value.map(|value| Span(range(json, value.get())))
    }

    /// The JSON there.
    pub(crate) fn json<'a>(&self, json: &'a str) -> &'a str {
        json.get(self.0.clone()).unwrap_or_default()
    }
}

/// Where `part`, which borrows from `whole`, is in it.
fn range(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
    start..start.wrapping_add(part.len())
}

/// A text of the event: where it is, or, if JSON had to escape it, what it says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// It is there, as it is.
    At(Range<usize>),
    /// It says this.
    Is(String),
}

impl Text {
    /// A text that borrows from `json`, or not.
    pub(super) fn of(json: &str, text: Cow<'_, str>) -> Text {
        match text {
            Cow::Borrowed(text) => Text::At(range(json, text)),
            Cow::Owned(text) => Text::Is(text),
        }
    }

    /// The text, where `json` is the event it was found in.
    pub(crate) fn get<'a>(&'a self, json: &'a str) -> &'a str {
        match self {
            Text::At(range) => json.get(range.clone()).unwrap_or_default(),
            Text::Is(text) => text,
        }
    }
}

/// A JSON object as a struct; `None` for any other JSON. The derived code would
/// take an array, too, as the list of the struct's fields.
pub(super) fn object<'a, T: Deserialize<'a>>(value: &'a RawValue) -> Option<T> {
    let json = value.get();
    json.starts_with('{')
        .then(|| serde_json::from_str(json).ok())
        .flatten()
}

/// What a JSON string says; `None` for any other JSON.
pub(crate) fn text(value: &RawValue) -> Option<Cow<'_, str>> {
    text_of(value.get())
}

/// What a JSON string says; `None` for any other JSON.
pub(crate) fn text_of(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

/// What the strings of a JSON array say; empty for any other JSON.
pub(crate) fn texts(json: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let values: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
    values.into_iter().filter_map(text)
}

/// The members of a JSON object, in order; empty for any other JSON.
pub(crate) fn members(json: &str) -> Vec<(Cow<'_, str>, &RawValue)> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some((Name(name), value)) = map.next_entry()? {
                members.push((name, value));
            }
            Ok(members)
        }
    }

    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

    serde_json::Deserializer::from_str(json)
        .deserialize_map(Members)
        .unwrap_or_default()
}
