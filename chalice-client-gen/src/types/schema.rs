//! Types from JSON Schemas (draft 2020-12), as they are in a document of OpenAPI 3.1.
//!
//! A type takes every value that its schema takes. Bounds, patterns and the like have no counterpart in TypeScript
//! and are left out; a schema that says nothing else is `unknown`, with the reason as a comment.

use serde_json::{Map, Value};

use super::{Alternative, Member, Type, definitions::Definitions};
use crate::identifier::quoted;

/// How deep schemas are read.
const MAX_DEPTH: usize = 40;
/// The longest array of a fixed length that is written as a tuple.
const MAX_TUPLE: u64 = 16;

/// The schemas of one place, such as a definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'d> {
    pub(super) definitions: &'d Definitions,
    /// The definition that is being read.
    pub(super) within: Option<&'d str>,
}

/// Where a schema is: how deep, and whether it stands for the definition itself, and not for a part of it.
#[derive(Clone, Copy, Debug)]
struct Place {
    depth: usize,
    is_whole: bool,
}

impl Place {
    fn beside(self) -> Place {
        Place {
            depth: self.depth + 1,
            ..self
        }
    }

    fn inside(self) -> Place {
        Place {
            depth: self.depth + 1,
            is_whole: false,
        }
    }
}

impl Reader<'_> {
    /// The type of a schema.
    pub(super) fn read(self, schema: &Value) -> Type {
        let place = Place {
            depth: 0,
            is_whole: true,
        };
        self.schema(schema, place)
    }

    fn schema(self, schema: &Value, place: Place) -> Type {
        if place.depth > MAX_DEPTH {
            return unknown("the schema goes on deeper than is read");
        }
        match schema {
            Value::Bool(true) => Type::Unknown(None),
            Value::Bool(false) => Type::Word("never"),
            Value::Object(schema) => self.object_schema(schema, place),
            _ => unknown("the schema is neither an object nor a boolean"),
        }
    }

    fn object_schema(self, schema: &Map<String, Value>, place: Place) -> Type {
        let mut parts = Vec::new();
        if let Some(reference) = schema.get("$ref") {
            parts.push(self.reference(reference, place));
        }
        if let Some(Value::Array(all)) = schema.get("allOf") {
            parts.extend(all.iter().map(|it| self.schema(it, place.beside())));
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(any)) = schema.get(key) {
                parts.push(Type::documented_union(any.iter().map(|it| Alternative {
                    documentation: described(it),
                    kind: self.schema(it, place.beside()),
                })));
            }
        }
        let is_alone = parts.iter().all(|it| *it == Type::Unknown(None));
        if let Some(own) = self.own(schema, is_alone, place) {
            // What is asked of the value itself comes first.
            parts.insert(0, own);
        }
        let kind = Type::intersection(parts);
        let unsaid = ["not", "if"]
            .into_iter()
            .find(|&key| schema.contains_key(key));
        match (&kind, unsaid) {
            (Type::Unknown(None), Some(key)) => {
                unknown(&format!("TypeScript has no counterpart of `{key}`"))
            }
            _ => kind,
        }
    }

    fn reference(self, reference: &Value, place: Place) -> Type {
        let target = reference
            .as_str()
            .and_then(|reference| self.definitions.target(reference));
        match target {
            None => unknown(&format!("{reference} is no schema of the document")),
            Some(target) if place.is_whole && self.closes_a_circle(target) => {
                unknown("the type would be defined by itself")
            }
            Some(target) => match self.definitions.name(target) {
                Some(name) => Type::Name(name.to_owned()),
                None => unknown(&format!("{reference} is no schema of the document")),
            },
        }
    }

    fn closes_a_circle(self, target: &str) -> bool {
        let leads_back = |within| self.definitions.is_defined_by(target, within);
        self.within.is_some_and(leads_back)
    }

    /// What the schema says by itself, not by others. If it is not alone, a type that says no more than theirs is
    /// left out.
    fn own(self, schema: &Map<String, Value>, is_alone: bool, place: Place) -> Option<Type> {
        if let Some(value) = schema.get("const") {
            return Some(literal(value));
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            return Some(Type::union(values.iter().map(literal)));
        }
        let typed = |kind: &Value| match kind.as_str() {
            Some(kind) => self.typed(kind, schema, place),
            None => unknown("`type` is no text"),
        };
        let has = |keys: &[&str]| keys.iter().any(|&key| schema.contains_key(key));
        let has_members = has(&[
            "properties",
            "additionalProperties",
            "patternProperties",
            "required",
        ]);
        let has_elements = has(&["items", "prefixItems"]);
        match schema.get("type") {
            Some(Value::Array(kinds)) => Some(Type::union(kinds.iter().map(typed))),
            Some(kind) => {
                let is_bare = !has_members && !has_elements;
                (is_alone || !is_bare).then(|| typed(kind))
            }
            None if has_members => Some(self.typed("object", schema, place)),
            None if has_elements => Some(self.typed("array", schema, place)),
            None => None,
        }
    }

    fn typed(self, kind: &str, schema: &Map<String, Value>, place: Place) -> Type {
        match kind {
            "string" => Type::Word("string"),
            "integer" | "number" => Type::Word("number"),
            "boolean" => Type::Word("boolean"),
            "null" => Type::Word("null"),
            "array" => self.array(schema, place.inside()),
            "object" => self.object(schema, place.inside()),
            other => unknown(&format!("JSON Schema has no type `{other}`")),
        }
    }

    fn array(self, schema: &Map<String, Value>, place: Place) -> Type {
        let length = |key: &str| schema.get(key).and_then(Value::as_u64);
        let (min, max) = (length("minItems").unwrap_or(0), length("maxItems"));
        let items = schema.get("items");
        if let Some(Value::Array(first)) = schema.get("prefixItems") {
            let elements: Vec<Type> = first.iter().map(|it| self.schema(it, place)).collect();
            let is_closed = max.is_some_and(|max| max <= elements.len() as u64);
            let rest = match items {
                Some(Value::Bool(false)) => None,
                _ if is_closed => None,
                Some(items) => Some(Box::new(self.schema(items, place))),
                None => Some(Box::new(Type::Unknown(None))),
            };
            let required = usize::try_from(min)
                .unwrap_or(usize::MAX)
                .min(elements.len());
            return Type::Tuple {
                elements,
                required,
                rest,
            };
        }
        let element = items.map_or(Type::Unknown(None), |items| self.schema(items, place));
        match max {
            Some(length) if length == min && length <= MAX_TUPLE => Type::Tuple {
                elements: (0..length).map(|_| element.clone()).collect(),
                required: usize::try_from(length).unwrap_or(usize::MAX),
                rest: None,
            },
            _ => Type::Array(Box::new(element)),
        }
    }

    fn object(self, schema: &Map<String, Value>, place: Place) -> Type {
        let listed = schema.get("required").and_then(Value::as_array);
        let required: Vec<&str> = listed
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut members = Vec::new();
        if let Some(Value::Object(properties)) = schema.get("properties") {
            members.extend(properties.iter().map(|(name, property)| Member {
                name: name.clone(),
                is_optional: !required.contains(&name.as_str()),
                documentation: described(property),
                kind: self.schema(property, place),
            }));
        }
        for &name in &required {
            if members.iter().all(|it| it.name != name) {
                members.push(Member {
                    name: name.to_owned(),
                    is_optional: false,
                    documentation: String::new(),
                    kind: Type::Unknown(None),
                });
            }
        }
        let index = self.other_members(schema, &members, place);
        Type::Object { members, index }
    }

    /// The type of members whose names are not known: in TypeScript that of all, since it holds for the known ones, too.
    fn other_members(
        self,
        schema: &Map<String, Value>,
        members: &[Member],
        place: Place,
    ) -> Option<Box<Type>> {
        let mut others = Vec::new();
        if let Some(Value::Object(patterns)) = schema.get("patternProperties") {
            others.extend(patterns.values().map(|it| self.schema(it, place)));
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => {}
            Some(other) => others.push(self.schema(other, place)),
            // There may be more, which are nobody's business unless there is nothing else.
            None if members.is_empty() && others.is_empty() => return any(),
            None => {}
        }
        if others.is_empty() {
            return None;
        }
        let known = members.iter().map(|member| match member.is_optional {
            true => member.kind.clone().or_undefined(),
            false => member.kind.clone(),
        });
        Some(Box::new(Type::union(others.into_iter().chain(known))))
    }
}

fn any() -> Option<Box<Type>> {
    Some(Box::new(Type::Unknown(None)))
}

fn unknown(reason: &str) -> Type {
    Type::Unknown(Some(reason.to_owned()))
}

/// The type of exactly that value.
fn literal(value: &Value) -> Type {
    match value {
        Value::Null => Type::Word("null"),
        Value::Bool(_) | Value::Number(_) => Type::Literal(value.to_string()),
        Value::String(text) => Type::Literal(quoted(text)),
        Value::Array(values) => Type::Tuple {
            elements: values.iter().map(literal).collect(),
            required: values.len(),
            rest: None,
        },
        Value::Object(members) => Type::Object {
            members: members
                .iter()
                .map(|(name, value)| Member {
                    name: name.clone(),
                    is_optional: false,
                    documentation: String::new(),
                    kind: literal(value),
                })
                .collect(),
            index: None,
        },
    }
}

/// What a schema says for people: its description, its format, and what holds if the value is left out.
pub(crate) fn described(schema: &Value) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    let description = text("description")
        .or_else(|| text("title"))
        .unwrap_or_default();
    let is_of_text = schema.get("type").is_some_and(|kind| match kind {
        Value::Array(kinds) => kinds.iter().any(|it| it == "string"),
        kind => kind == "string",
    });
    let format = match text("format") {
        Some(format) if is_of_text => format!("Format: `{format}`."),
        _ => String::new(),
    };
    let default = match schema.get("default") {
        Some(value @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) => {
            format!("@defaultValue `{value}`")
        }
        _ => String::new(),
    };
    crate::comment::paragraphs([description, &format, &default])
}
