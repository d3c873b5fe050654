//! `version`: the format of the file.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// The format 2.0, the only one that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version;

impl Version {
    /// Why there has to be one.
    pub(crate) fn missing() -> Refusal {
        Refusal::new(
            "that is the format 1.0 of AWS Chalice, as of a file without `version`, in which all stages are alike",
            "write `\"version\": \"2.0\"`, and what concerns one stage alone into `\"stages\": { \"dev\": { .. } }`",
        )
    }
}

impl Scalar for Version {
    fn read(value: &Value) -> Result<Version, Refusal> {
        // AWS Chalice reads the number as well.
        let is_known = |version: &str| version == "2.0";
        let text = value.as_str();
        match value.as_f64().is_some_and(|version| version == 2.0) || text.is_some_and(is_known) {
            true => Ok(Version),
            false if text == Some("1.0") => Err(Version::missing()),
            false => Err(Refusal::new(
                "the format of the file is 2.0",
                "write `\"version\": \"2.0\"`",
            )),
        }
    }

    fn schema() -> Value {
        json!({ "enum": ["2.0", 2.0] })
    }
}
