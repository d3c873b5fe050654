//! Pieces of an event's JSON: where they are, and what they say.

use std::{borrow::Cow, ops::Range};

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::scan::Scanner;

/// The value of a member of a JSON object, undecoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member<'a>(pub(super) &'a str);

impl<'a> Member<'a> {
    /// Its JSON.
    pub(crate) fn get(self) -> &'a str {
        self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Member<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Member<'a>, D::Error> {
        <&'a RawValue>::deserialize(deserializer).map(|value| Member(value.get()))
    }
}

/// Where a JSON value is in the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span(Range<usize>);

impl Span {
    /// The place of `part`, which borrows from `json`.
    pub(crate) fn within(json: &str, part: &str) -> Span {
        Span(range(json, part))
    }

    /// The place of `value`, which borrows from `json`.
    pub(super) fn of(json: &str, value: Option<Member<'_>>) -> Option<Span> {
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
pub(super) fn object<'a, T: Deserialize<'a>>(value: Member<'a>) -> Option<T> {
    let json = value.get();
    json.starts_with('{')
        .then(|| serde_json::from_str(json).ok())
        .flatten()
}

/// What a JSON string says; `None` for any other JSON.
pub(crate) fn text(value: Member<'_>) -> Option<Cow<'_, str>> {
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
    let values: Vec<Member<'_>> = match json.starts_with('[') {
        true => serde_json::from_str(json).unwrap_or_default(),
        false => Vec::new(),
    };
    values.into_iter().filter_map(text)
}

/// The members of a JSON object, in order; none of any other JSON.
pub(crate) fn members(json: &str) -> impl Iterator<Item = (Cow<'_, str>, Member<'_>)> {
    Scanner::object(json).into_iter().flatten()
}
