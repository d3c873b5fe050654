//! What all kinds of settings have in common.

use serde_json::{Value, json};

use super::Given;
use crate::{Problem, Refusal};

/// A kind of setting.
pub(crate) trait Setting: Sized {
    /// The setting, unless it is refused: then there is at least one problem more.
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<Self>;

    /// The JSON Schema of its values.
    fn schema() -> Value;

    /// This setting, where a place further away from the function has `_outer`. The
    /// nearest wins, if nothing else is said.
    fn within(self, _outer: Self) -> Self {
        self
    }
}

/// A setting that is refused as a whole.
pub(crate) trait Scalar: Sized {
    /// The setting of that value.
    fn read(value: &Value) -> Result<Self, Refusal>;

    /// The JSON Schema of its values.
    fn schema() -> Value;
}

impl<T: Scalar> Setting for T {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<T> {
        match <T as Scalar>::read(given.value) {
            Ok(setting) => Some(setting),
            Err(refusal) => {
                given.refuse(refusal, problems);
                None
            }
        }
    }

    fn schema() -> Value {
        <T as Scalar>::schema()
    }
}

impl Scalar for bool {
    fn read(value: &Value) -> Result<bool, Refusal> {
        value
            .as_bool()
            .ok_or_else(|| Refusal::new("it is on or off", "write true or false, without quotes"))
    }

    fn schema() -> Value {
        json!({ "type": "boolean" })
    }
}
