//! The fields of a span or an event, as the log keeps them.

use std::{error::Error, fmt};

use serde_json::Number;
use tracing::field::{Field, Visit};

use super::{CauseChain, value::FieldValue};

/// Names and values, in the order in which they came; a name occurs once.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(&'static str, FieldValue)>);

impl Fields {
    /// Sets a field, in place of one of that name.
    pub(super) fn set(&mut self, name: &'static str, value: FieldValue) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets every field of `other`.
    pub(super) fn set_all(&mut self, other: Fields) {
        for (name, value) in other.0 {
            self.set(name, value);
        }
    }

    /// Sets every field of `other`, which keeps them.
    pub(super) fn set_copies(&mut self, other: &Fields) {
        for (name, value) in &other.0 {
            self.set(name, value.clone());
        }
    }

    /// Takes a field out.
    pub(super) fn take(&mut self, name: &str) -> Option<FieldValue> {
        let at = self.0.iter().position(|(known, _)| *known == name)?;
        Some(self.0.remove(at).1)
    }

    /// The value of a field.
    pub(super) fn get(&self, name: &str) -> Option<&FieldValue> {
        let (_, value) = self.0.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }

    /// The fields.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &FieldValue)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    fn record(&mut self, field: &Field, value: FieldValue) {
        let name = field.name();
        self.set(name.strip_prefix("r#").unwrap_or(name), value);
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        // JSON has no infinities, and no NaN.
        let value = Number::from_f64(value)
            .map_or_else(|| FieldValue::Text(value.to_string()), FieldValue::Number);
        self.record(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.record(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.record(field, value.into());
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.record(field, wide(i64::try_from(value).ok(), &value));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.record(field, wide(u64::try_from(value).ok(), &value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.record(field, FieldValue::Bool(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record(field, value.to_owned().into());
    }

    /// An error is the list of its message and those of what led to it.
    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.record(
            field,
            FieldValue::Messages(CauseChain(value).messages().collect()),
        );
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record(field, format!("{value:?}").into());
    }
}

/// A number of 128 bits, as text if readers of JSON would lose digits.
fn wide<T: Into<FieldValue>>(narrow: Option<T>, wide: &dyn fmt::Display) -> FieldValue {
    narrow.map_or_else(|| FieldValue::Text(wide.to_string()), Into::into)
}
