//! The JSON Schema of the file, for editors.

use serde_json::{Map, Value, json};

use crate::key::{self, Place};
use crate::reading::section::OTHER_NAMES;

/// The JSON Schema of the file, as text: what `cargo chalice new-project` writes beside it.
pub const SCHEMA_TEXT: &str = include_str!("../config.schema.json");

/// The JSON Schema of the file (draft 2020-12), made from the table of keys.
///
/// It says of each key where it may stand and what it takes. What keys mean for each other is
/// not in it: [`Stage::check`](crate::Stage::check) tells that.
pub fn json_schema() -> Value {
    // Keys and these two share a namespace: no key is called `stage` or `function`.
    let mut definitions: Map<String, Value> = key::keys()
        .map(|key| (key.name.to_owned(), definition(key)))
        .collect();
    definitions.insert("stage".to_owned(), object(Place::Stage));
    definitions.insert("function".to_owned(), object(Place::Function));
    let mut top = object(Place::Top);
    top["required"] = json!(["version", "app_name"]);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ".chalice/config.json",
        "description": "The stages of a chalice app: settings at the top, of a stage, and of a function.",
        "$defs": definitions,
    });
    for (member, value) in top.as_object().into_iter().flatten() {
        schema[member] = value.clone();
    }
    schema
}

/// An object with the keys that may stand in that place.
fn object(place: Place) -> Value {
    let mut properties = Map::new();
    for name in key::names(place) {
        let canonical = OTHER_NAMES
            .iter()
            .find(|(other, _)| *other == name)
            .map_or(name, |(_, canonical)| canonical);
        let reference = format!("#/$defs/{canonical}");
        properties.insert(name.to_owned(), json!({ "$ref": reference }));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn definition(key: &key::Key) -> Value {
    let mut schema = (key.schema)();
    let meaning: Vec<&str> = key.meaning.split_whitespace().collect();
    schema["description"] = json!(meaning.join(" "));
    schema
}
