//! `$schema`: what editors check the file by.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// The path or address of a JSON Schema, which is for editors alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SchemaFile;

impl Scalar for SchemaFile {
    fn read(value: &Value) -> Result<SchemaFile, Refusal> {
        match value.is_string() {
            true => Ok(SchemaFile),
            false => Err(Refusal::new(
                "it is the path or address of a JSON Schema",
                "write `\"$schema\": \"./config.schema.json\"`, or leave it out",
            )),
        }
    }

    fn schema() -> Value {
        json!({ "type": "string" })
    }
}
