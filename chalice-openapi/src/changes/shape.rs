//! References, in two documents.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// How many references in a row are followed.
const MAX_REFERENCES: usize = 32;

/// The two documents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Documents<'d> {
    pub(super) old: &'d Value,
    pub(super) new: &'d Value,
}

/// What a value refers to, or itself; and where that is, if it is elsewhere.
pub(super) fn resolve<'d>(document: &'d Value, value: &'d Value) -> (&'d Value, Option<&'d str>) {
    let (mut value, mut place) = (value, None);
    for _ in 0..MAX_REFERENCES {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            break;
        };
        let pointer = reference.strip_prefix('#');
        match pointer.and_then(|pointer| Some((pointer, document.pointer(pointer)?))) {
            Some((pointer, target)) => (value, place) = (target, Some(pointer)),
            None => break,
        }
    }
    (value, place)
}

/// The members of a schema together with those of what it refers to and of its `allOf`, as one
/// schema. What several of them say, the first says.
pub(super) fn flattened<'d>(document: &'d Value, schema: &'d Value) -> Map<String, Value> {
    let mut members = Map::new();
    flatten(document, schema, &mut members, &mut BTreeSet::new());
    members
}

fn flatten<'d>(
    document: &'d Value,
    schema: &'d Value,
    members: &mut Map<String, Value>,
    followed: &mut BTreeSet<&'d str>,
) {
    let Some(schema) = schema.as_object() else {
        // `false`: nothing at all. `true` says nothing.
        if schema == &Value::Bool(false) {
            members.insert("not".to_owned(), Value::Bool(true));
        }
        return;
    };
    for (key, value) in schema {
        match (key.as_str(), members.get_mut(key), value) {
            ("$ref" | "allOf", _, _) => {}
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                for (name, property) in more {
                    known.entry(name).or_insert_with(|| property.clone());
                }
            }
            ("required", Some(Value::Array(known)), Value::Array(more)) => {
                known.extend(more.iter().cloned());
            }
            (_, Some(_), _) => {}
            (_, None, _) => {
                members.insert(key.clone(), value.clone());
            }
        }
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
        && let Some(pointer) = reference.strip_prefix('#')
        && let Some(target) = document.pointer(pointer)
        && followed.insert(pointer)
    {
        flatten(document, target, members, followed);
    }
    for part in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        flatten(document, part, members, followed);
    }
}
