//! The arguments of resources beside the provider's schema.

use std::collections::BTreeMap;

use serde_json::Value;

/// What every resource takes (Terraform, "Meta-arguments").
const META_ARGUMENTS: [&str; 5] = ["count", "depends_on", "for_each", "lifecycle", "provider"];

/// The blocks of a configuration that are written.
const BLOCKS: [&str; 5] = ["data", "locals", "output", "resource", "terraform"];

/// What newer versions of the provider than the extract's have deprecated.
pub(crate) const DEPRECATED_SINCE: [(&str, &str); 2] =
    [("aws_region", "id"), ("aws_region", "name")];

/// A part of the schema of the AWS provider.
pub(crate) struct Schema(Value);

/// What an attribute is.
pub(crate) struct Attribute<'a> {
    words: Vec<&'a str>,
}

impl Attribute<'_> {
    pub(crate) fn is(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    fn can_be_set(&self) -> bool {
        self.is("required") || self.is("optional")
    }

    fn kind(&self) -> &str {
        self.words.last().copied().unwrap_or_default()
    }
}

impl Schema {
    pub(crate) fn aws() -> Schema {
        Schema(serde_json::from_str(include_str!("aws-schema.json")).unwrap())
    }

    /// The schema of a type of resources (`resource`) or data sources (`data`).
    pub(crate) fn block(&self, mode: &str, kind: &str) -> Option<&Value> {
        self.0[mode].get(kind)
    }

    pub(crate) fn mistakes(&self, template: &Value) -> Vec<String> {
        let mut mistakes = Vec::new();
        for (name, _) in members(template) {
            if !BLOCKS.contains(&name.as_str()) {
                mistakes.push(format!("{name}: no block of a configuration"));
            }
        }
        for mode in ["resource", "data"] {
            for (kind, resources) in members(&template[mode]) {
                let Some(schema) = self.block(mode, kind) else {
                    mistakes.push(format!("{mode}.{kind}: no such type"));
                    continue;
                };
                for (name, arguments) in members(resources) {
                    let place = format!("{mode}.{kind}.{name}");
                    check_block(&place, schema, arguments, &META_ARGUMENTS, &mut mistakes);
                }
            }
        }
        mistakes
    }
}

pub(crate) fn attribute<'a>(block: &'a Value, name: &str) -> Option<Attribute<'a>> {
    let words = block["attributes"].get(name)?.as_str()?;
    Some(Attribute {
        words: words.split(' ').collect(),
    })
}

fn check_block(
    place: &str,
    schema: &Value,
    arguments: &Value,
    meta_arguments: &[&str],
    mistakes: &mut Vec<String>,
) {
    let Some(arguments) = arguments.as_object() else {
        mistakes.push(format!("{place}: no block, but {arguments}"));
        return;
    };
    for (name, value) in arguments {
        let place = format!("{place}.{name}");
        if let Some(attribute) = attribute(schema, name) {
            if !attribute.can_be_set() {
                mistakes.push(format!("{place}: an attribute that cannot be set"));
            }
            if attribute.is("deprecated") {
                mistakes.push(format!("{place}: deprecated"));
            }
            if !fits(attribute.kind(), value) {
                mistakes.push(format!("{place}: {value} is no {}", attribute.kind()));
            }
        } else if let Some(block) = schema["blocks"].get(name) {
            check_blocks(&place, block, value, mistakes);
        } else if !meta_arguments.contains(&name.as_str()) {
            mistakes.push(format!("{place}: no such argument"));
        }
    }
    for (name, _) in members(&schema["attributes"]) {
        let required = attribute(schema, name).is_some_and(|it| it.is("required"));
        if required && !arguments.contains_key(name) {
            mistakes.push(format!("{place}.{name}: missing"));
        }
    }
    for (name, block) in members(&schema["blocks"]) {
        if block["min_items"].as_u64() > Some(0) && !arguments.contains_key(name) {
            mistakes.push(format!("{place}.{name}: missing"));
        }
    }
}

fn check_blocks(place: &str, schema: &Value, value: &Value, mistakes: &mut Vec<String>) {
    let blocks = match value {
        Value::Array(blocks) => blocks.as_slice(),
        block => std::slice::from_ref(block),
    };
    let count = blocks.len() as u64;
    if schema["max_items"].as_u64().is_some_and(|max| count > max) {
        mistakes.push(format!("{place}: {count} blocks are too many"));
    }
    if schema["min_items"].as_u64().is_some_and(|min| count < min) {
        mistakes.push(format!("{place}: {count} blocks are too few"));
    }
    for block in blocks {
        check_block(place, schema, block, &[], mistakes);
    }
}

/// Whether Terraform takes the value for an attribute of that type, as far as it is known before
/// templates are evaluated (Terraform, "Type Constraints": texts, numbers and truth values convert).
fn fits(kind: &str, value: &Value) -> bool {
    let inner = |outer: &str| {
        kind.strip_prefix(outer)?
            .strip_prefix('(')?
            .strip_suffix(')')
    };
    match value {
        Value::String(text) if text.starts_with("${") && text.ends_with('}') => true,
        Value::Null => true,
        Value::String(text) => match kind {
            "string" => true,
            "number" => text.parse::<f64>().is_ok(),
            "bool" => matches!(&**text, "true" | "false"),
            _ => false,
        },
        Value::Number(_) => matches!(kind, "string" | "number"),
        Value::Bool(_) => matches!(kind, "string" | "bool"),
        Value::Array(elements) => inner("list")
            .or(inner("set"))
            .is_some_and(|kind| elements.iter().all(|element| fits(kind, element))),
        Value::Object(members) => {
            inner("map").is_some_and(|kind| members.values().all(|member| fits(kind, member)))
        }
    }
}

pub(crate) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The resources and data sources of a configuration: their names by mode and type.
pub(crate) fn declared(template: &Value) -> BTreeMap<(&str, &str), Vec<&str>> {
    let mut declared = BTreeMap::new();
    for mode in ["resource", "data"] {
        for (kind, resources) in members(&template[mode]) {
            let names = members(resources).map(|(name, _)| name.as_str()).collect();
            declared.insert((mode, kind.as_str()), names);
        }
    }
    declared
}

#[test]
fn what_fits_a_type() {
    use serde_json::json;

    for (kind, value) in [
        ("string", json!("a ${b}")),
        ("string", json!(1)),
        ("number", json!("${a.b}")),
        ("number", json!("1.5")),
        ("bool", json!(true)),
        ("list(string)", json!(["a", "${b}"])),
        ("map(string)", json!({ "a": "b" })),
    ] {
        assert!(fits(kind, &value), "{kind}: {value}");
    }
    for (kind, value) in [
        ("string", json!([])),
        ("string", json!({})),
        ("number", json!("one")),
        ("number", json!(true)),
        ("bool", json!("yes")),
        ("list(string)", json!("a")),
        ("set(string)", json!([["a"]])),
        ("map(string)", json!(["a"])),
    ] {
        assert!(!fits(kind, &value), "{kind}: {value}");
    }
}
