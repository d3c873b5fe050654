//! `components.schemas`: the definitions that the document refers to, under names of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Where definitions are in the app's own document.
const DEFINITIONS: &str = "#/definitions/";
/// Where they are in OpenAPI's.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";
/// How many references in a row are followed.
const MAX_REFERENCES: usize = 32;

/// The schemas of a document while it is made: those that something refers to are in it.
#[derive(Debug)]
pub(crate) struct Components<'s> {
    definitions: &'s Map<String, Value>,
    /// What each definition is called in the document.
    names: BTreeMap<&'s str, String>,
    schemas: BTreeMap<String, Value>,
}

impl<'s> Components<'s> {
    pub(crate) fn new(definitions: &'s Map<String, Value>) -> Components<'s> {
        let mut taken = BTreeSet::new();
        // Those that need no other name have it, whatever the others are.
        let (plain, other): (Vec<_>, Vec<_>) = definitions
            .keys()
            .map(String::as_str)
            .partition(|name| component_name(name) == *name);
        let names = plain.into_iter().chain(other);
        Components {
            definitions,
            names: names
                .map(|name| (name, unique(&component_name(name), &mut taken)))
                .collect(),
            schemas: BTreeMap::new(),
        }
    }

    /// The schema with references into the document, whose targets it then has.
    pub(crate) fn schema(&mut self, schema: &Value) -> Value {
        match schema {
            // Everything: the same as `true`, and more generators read it.
            Value::Bool(true) => Value::Object(Map::new()),
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.clone(), self.member(key, value)))
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    fn member(&mut self, key: &str, value: &Value) -> Value {
        match (key, value) {
            ("$ref", Value::String(reference)) => Value::String(self.reference(reference)),
            // Values of the type, not schemas.
            ("const" | "default" | "enum" | "example" | "examples" | "required", _) => {
                value.clone()
            }
            (
                "properties" | "patternProperties" | "dependentSchemas" | "$defs",
                Value::Object(members),
            ) => Value::Object(
                members
                    .iter()
                    .map(|(name, schema)| (name.clone(), self.schema(schema)))
                    .collect(),
            ),
            (_, Value::Object(_)) => self.schema(value),
            (_, Value::Array(schemas)) => {
                Value::Array(schemas.iter().map(|it| self.schema(it)).collect())
            }
            _ => value.clone(),
        }
    }

    fn reference(&mut self, reference: &str) -> String {
        let Some((definition, schema)) = self.definition(reference) else {
            return reference.to_owned();
        };
        let Some(name) = self.names.get(definition).cloned() else {
            return reference.to_owned();
        };
        if !self.schemas.contains_key(&name) {
            // Before its own references, of which one may be to itself.
            self.schemas.insert(name.clone(), Value::Null);
            let schema = self.schema(schema);
            self.schemas.insert(name.clone(), schema);
        }
        format!("{SCHEMAS}{name}")
    }

    fn definition(&self, reference: &str) -> Option<(&'s str, &'s Value)> {
        let name = reference.strip_prefix(DEFINITIONS)?;
        let name = name.replace("~1", "/").replace("~0", "~");
        let (name, schema) = self.definitions.get_key_value(&name)?;
        Some((name, schema))
    }

    /// The schema that this one refers to, or itself.
    pub(crate) fn resolve<'a>(&self, schema: &'a Value) -> &'a Value
    where
        's: 'a,
    {
        let mut schema = schema;
        for _ in 0..MAX_REFERENCES {
            match schema.get("$ref").and_then(Value::as_str) {
                Some(reference) => match self.definition(reference) {
                    Some((_, target)) => schema = target,
                    None => break,
                },
                None => break,
            }
        }
        schema
    }

    /// Adds a schema of the document's own, under that name or, if a definition has it, one like it.
    pub(crate) fn own(&mut self, name: &str, schema: Value) -> String {
        let mut taken = self.names.values().cloned().collect();
        let name = unique(name, &mut taken);
        self.schemas.insert(name.clone(), schema);
        format!("{SCHEMAS}{name}")
    }

    /// All that has been referred to.
    pub(crate) fn into_schemas(self) -> BTreeMap<String, Value> {
        self.schemas
    }
}

/// The name with the letters alone that OpenAPI 3.1 takes as the key of a component.
pub(crate) fn component_name(name: &str) -> String {
    let letter = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' | '-' => letter,
        _ => '_',
    };
    name.chars().map(letter).collect()
}

/// The name, or the first of `name2`, `name3`, .. that is not taken.
pub(crate) fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}{number}");
        number += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_referred_to_is_there_and_nothing_else() {
        let definitions = json!({
            "List": {"type": "object", "properties": {
                "next": {"$ref": "#/definitions/List"},
                "$ref": {"type": "string", "const": "#/definitions/Unused"},
                "item": {"anyOf": [{"$ref": "#/definitions/Page<Item>"}, {"type": "null"}]},
            }},
            "Page<Item>": {"items": true, "default": {"$ref": "#/definitions/Unused"}},
            "Page_Item_": {"type": "string"},
            "Unused": {},
        });
        let mut components = Components::new(definitions.as_object().unwrap());
        let list = json!({"$ref": "#/definitions/List"});
        assert_eq!(components.resolve(&list), &definitions["List"]);
        assert_eq!(
            components.schema(&list),
            json!({"$ref": "#/components/schemas/List"})
        );
        assert_eq!(
            components.own("List", json!({})),
            "#/components/schemas/List2"
        );
        let schemas = serde_json::to_value(components.into_schemas()).unwrap();
        assert_eq!(
            schemas,
            json!({
                "List": {"type": "object", "properties": {
                    "next": {"$ref": "#/components/schemas/List"},
                    "$ref": {"type": "string", "const": "#/definitions/Unused"},
                    // The name `Page_Item_` is another definition's.
                    "item": {"anyOf": [{"$ref": "#/components/schemas/Page_Item_2"}, {"type": "null"}]},
                }},
                "Page_Item_2": {"items": true, "default": {"$ref": "#/definitions/Unused"}},
                "List2": {},
            })
        );
    }

    #[test]
    fn references_that_lead_nowhere_stay() {
        let definitions =
            json!({"A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"}});
        let mut components = Components::new(definitions.as_object().unwrap());
        let lost = json!({"$ref": "#/definitions/Lost"});
        assert_eq!(components.resolve(&lost), &lost);
        assert_eq!(components.schema(&lost), lost);
        // A circle ends.
        components.resolve(&definitions["A"]);
    }
}
