//! The types of an app, by their names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Type,
    schema::{Reader, described},
};
use crate::identifier::{identifier, unique};

/// Where the schemas of a document of OpenAPI are.
const SCHEMAS: &str = "#/components/schemas/";

/// The definitions of a document, of which some become types of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Definitions {
    schemas: Map<String, Value>,
    /// What each of them is called.
    names: BTreeMap<String, String>,
    /// For each, those that it consists of as a whole: by references that are not in a member or an element.
    defined_by: BTreeMap<String, BTreeSet<String>>,
}

/// A type of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    pub(crate) name: String,
    /// What it is.
    pub(crate) documentation: String,
    pub(crate) kind: Type,
}

impl Definitions {
    /// The definitions of a document, each under a name of its own that is then taken.
    pub(crate) fn new(schemas: Map<String, Value>, taken: &mut BTreeSet<String>) -> Definitions {
        // Those that can have their own name do, whatever the others are called.
        let (plain, other): (Vec<&String>, Vec<&String>) =
            schemas.keys().partition(|key| identifier(key) == **key);
        let keys = plain.into_iter().chain(other);
        let names = keys
            .map(|key| (key.clone(), unique(&identifier(key), taken)))
            .collect();
        let mut definitions = Definitions {
            defined_by: BTreeMap::new(),
            names,
            schemas,
        };
        let direct: BTreeMap<String, BTreeSet<String>> = definitions
            .schemas
            .iter()
            .map(|(key, schema)| {
                let mut targets = BTreeSet::new();
                definitions.whole(schema, &mut targets);
                (key.clone(), targets)
            })
            .collect();
        definitions.defined_by = direct
            .keys()
            .map(|key| (key.clone(), reachable(key, &direct)))
            .collect();
        definitions
    }

    /// The definition that a reference leads to.
    pub(super) fn target<'r>(&self, reference: &'r str) -> Option<&'r str> {
        let key = reference.strip_prefix(SCHEMAS)?;
        self.schemas.contains_key(key).then_some(key)
    }

    /// What a definition is called.
    pub(super) fn name(&self, key: &str) -> Option<&str> {
        self.names.get(key).map(String::as_str)
    }

    /// Whether the type of one definition cannot be told before that of another is.
    pub(super) fn is_defined_by(&self, key: &str, other: &str) -> bool {
        let is_among = |it: &BTreeSet<String>| it.contains(other);
        key == other || self.defined_by.get(key).is_some_and(is_among)
    }

    /// The type of a schema that is none of the definitions.
    pub(crate) fn read(&self, schema: &Value) -> Type {
        let reader = Reader {
            definitions: self,
            within: None,
        };
        reader.read(schema)
    }

    /// The types that these schemas need, in the order of their names.
    pub(crate) fn needed_by<'v>(
        &self,
        schemas: impl Iterator<Item = &'v Value>,
    ) -> Vec<Definition> {
        let mut keys = BTreeSet::new();
        let mut found: Vec<&str> = Vec::new();
        schemas.for_each(|schema| self.references(schema, &mut found));
        while let Some(key) = found.pop() {
            if keys.insert(key.to_owned())
                && let Some((_, schema)) = self.schemas.get_key_value(key)
            {
                self.references(schema, &mut found);
            }
        }
        let mut needed: Vec<Definition> = keys
            .iter()
            .filter_map(|key| {
                let schema = self.schemas.get(key)?;
                let reader = Reader {
                    definitions: self,
                    within: Some(key),
                };
                Some(Definition {
                    name: self.name(key)?.to_owned(),
                    documentation: described(schema),
                    kind: reader.read(schema),
                })
            })
            .collect();
        needed.sort_by(|a, b| a.name.cmp(&b.name));
        needed
    }

    /// The definitions that a schema refers to anywhere.
    fn references<'v>(&'v self, schema: &Value, found: &mut Vec<&'v str>) {
        match schema {
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str)
                    && let Some(target) = self.target(reference)
                    && let Some((key, _)) = self.schemas.get_key_value(target)
                {
                    found.push(key);
                }
                members.values().for_each(|it| self.references(it, found));
            }
            Value::Array(elements) => elements.iter().for_each(|it| self.references(it, found)),
            _ => {}
        }
    }

    /// The definitions of which a schema consists as a whole.
    fn whole(&self, schema: &Value, targets: &mut BTreeSet<String>) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            targets.extend(self.target(reference).map(str::to_owned));
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let parts = schema.get(key).and_then(Value::as_array);
            for part in parts.into_iter().flatten() {
                self.whole(part, targets);
            }
        }
    }
}

fn reachable(start: &str, edges: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(key) = open.pop() {
        for next in edges.get(key).into_iter().flatten() {
            if found.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
