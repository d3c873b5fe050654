//! JSON Schemas of the draft 2020-12 as the part of draft 4 that Swagger 2.0 has.
//!
//! Whatever is valid by a schema is valid by what becomes of it; what has no counterpart is left out.

use serde_json::{Map, Value, json};

use super::models::definition;

/// Bounds that mean the same in both drafts, and lists of values.
const SAME: [&str; 12] = [
    "description",
    "enum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "required",
];

/// What a reference becomes; `None` where it leads nowhere.
type Refer<'r> = dyn FnMut(&str) -> Option<Value> + 'r;

/// The schema in draft 4. Formats are left out, because those who check them differ in what they take;
/// `uniqueItems` too, because Rust's sets take what is there twice.
pub(super) fn schema(
    schema: &Value,
    definitions: &Map<String, Value>,
    refer: &mut Refer<'_>,
) -> Value {
    let Value::Object(members) = schema else {
        return json!({});
    };
    // What stands beside a reference has no meaning in draft 4.
    if let Some(Value::String(reference)) = members.get("$ref") {
        return refer(reference).unwrap_or(json!({}));
    }
    let mut written = Map::new();
    if let Some(kind) = only_kind(members.get("type")) {
        written.insert("type".to_owned(), kind.into());
    }
    for name in SAME {
        if let Some(value) = members.get(name).filter(|value| **value != json!([])) {
            written.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(value) = members.get("const") {
        written.insert("enum".to_owned(), json!([value]));
    }
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        // API Gateway knows no exclusive bounds.
        if let Some(value) = members.get(exclusive).filter(|value| value.is_number()) {
            written
                .entry(bound.to_owned())
                .or_insert_with(|| value.clone());
        }
    }
    if let Some(Value::String(pattern)) = members.get("pattern")
        && is_portable(pattern)
    {
        written.insert("pattern".to_owned(), pattern.as_str().into());
    }
    let mut convert = |value: &Value| self::schema(value, definitions, refer);
    items(members, &mut written, &mut convert);
    properties(members, &mut written, &mut convert);
    if let Some(Value::Array(all)) = members.get("allOf") {
        let all: Vec<Value> = all.iter().map(&mut convert).collect();
        let all: Vec<Value> = all.into_iter().filter(|it| !says_nothing(it)).collect();
        if !all.is_empty() {
            written.insert("allOf".to_owned(), all.into());
        }
    }
    for name in ["anyOf", "oneOf"] {
        if let Some(Value::Array(branches)) = members.get(name) {
            add_common(branches, definitions, &mut written);
        }
    }
    written.into()
}

/// Whether all values are valid by the schema.
pub(super) fn says_nothing(schema: &Value) -> bool {
    let members = schema.as_object();
    members.is_none_or(|members| members.keys().all(|name| name == "description"))
}

/// The kind of values alone that a schema takes: an object, a text.
pub(super) fn kind(schema: &Value) -> Value {
    match only_kind(schema.get("type")) {
        Some(kind) => json!({ "type": kind }),
        None => json!({}),
    }
}

/// The one type of a schema. API Gateway has no types with alternatives, and so none that can be `null`.
fn only_kind(kind: Option<&Value>) -> Option<&str> {
    let kind = match kind? {
        Value::Array(kinds) => match &kinds[..] {
            [only] => only,
            _ => return None,
        },
        kind => kind,
    };
    kind.as_str().filter(|kind| *kind != "null")
}

/// Whether a regular expression means the same to Rust and to Java. Most do; groups with flags and
/// classes of Unicode may not, and then no model could be made.
fn is_portable(pattern: &str) -> bool {
    let special = ["(?", "\\p", "\\P", "\\A", "\\z", "&&", "[[", "--", "~~"];
    pattern.is_ascii()
        && !special
            .iter()
            .any(|it| pattern.replace("(?:", "(").contains(it))
}

fn items(
    members: &Map<String, Value>,
    written: &mut Map<String, Value>,
    convert: &mut impl FnMut(&Value) -> Value,
) {
    let items = members.get("items");
    // Beside `prefixItems` it is about the rest.
    let is_tuple = members.contains_key("prefixItems") || items.is_some_and(Value::is_array);
    match items.filter(|items| items.is_object() && !is_tuple) {
        Some(items) => {
            written.insert("items".to_owned(), convert(items));
        }
        // Swagger wants it of every array.
        None if written.get("type").is_some_and(|kind| kind == "array") => {
            written.insert("items".to_owned(), json!({}));
        }
        None => {}
    }
}

fn properties(
    members: &Map<String, Value>,
    written: &mut Map<String, Value>,
    convert: &mut impl FnMut(&Value) -> Value,
) {
    let mut are_all_known = !members.contains_key("patternProperties");
    if let Some(Value::Object(properties)) = members.get("properties") {
        let mut known = Map::new();
        for (name, schema) in properties {
            // To AWS CloudFormation, an object with such a member is a function, wherever it is.
            match matches!(name.as_str(), "Ref" | "Condition") || name.starts_with("Fn::") {
                true => are_all_known = false,
                false => {
                    known.insert(name.clone(), convert(schema));
                }
            }
        }
        if !known.is_empty() {
            written.insert("properties".to_owned(), known.into());
        }
    }
    match members.get("additionalProperties") {
        Some(Value::Bool(false)) if are_all_known => {
            written.insert("additionalProperties".to_owned(), false.into());
        }
        Some(schema @ Value::Object(_)) if are_all_known => {
            let schema = convert(schema);
            if !says_nothing(&schema) {
                written.insert("additionalProperties".to_owned(), schema);
            }
        }
        _ => {}
    }
}

/// What all alternatives have in common, since Swagger has none: values, or a type and the members that none
/// of them does without.
fn add_common(
    branches: &[Value],
    definitions: &Map<String, Value>,
    written: &mut Map<String, Value>,
) {
    let branches: Vec<&Value> = branches
        .iter()
        .map(|branch| resolved(branch, definitions))
        .collect();
    let values: Option<Vec<Value>> = branches
        .iter()
        .map(|branch| match (&branch["const"], &branch["enum"]) {
            (_, Value::Array(values)) => Some(values.clone()),
            _ if branch.get("const").is_some() => Some(vec![branch["const"].clone()]),
            _ if branch["type"] == "null" => Some(vec![Value::Null]),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()
        .map(|values| values.concat());
    let kinds: Option<Vec<&str>> = branches
        .iter()
        .map(|branch| only_kind(branch.get("type")))
        .collect();
    if let Some(kinds) = kinds
        && let Some((first, rest)) = kinds.split_first()
        && rest.iter().all(|kind| kind == first)
    {
        written.entry("type").or_insert_with(|| Value::from(*first));
    }
    if let Some(mut values) = values.filter(|values| !values.is_empty()) {
        let mut seen = Vec::new();
        values.retain(|value| {
            let is_new = !seen.contains(value);
            seen.push(value.clone());
            is_new
        });
        written.entry("enum").or_insert(values.into());
    }
    let mut required = written
        .get("required")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let of = |branch: &Value| branch["required"].as_array().cloned().unwrap_or_default();
    // Of what is no object, `required` says nothing: it holds for objects among the alternatives only if
    // all of them ask for it.
    if let Some((first, rest)) = branches.split_first() {
        for name in of(first) {
            if rest.iter().all(|branch| of(branch).contains(&name)) && !required.contains(&name) {
                required.push(name);
            }
        }
    }
    if !required.is_empty() {
        written.insert("required".to_owned(), required.into());
    }
}

/// The definition of an alternative that is a reference and nothing else, or the alternative.
fn resolved<'v>(branch: &'v Value, definitions: &'v Map<String, Value>) -> &'v Value {
    let reference = branch.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| definition(definitions, reference));
    target.map_or(branch, |(_, target)| target)
}
