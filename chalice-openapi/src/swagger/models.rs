//! `definitions`: the models of bodies, which Amazon API Gateway checks requests by.
//!
//! A model takes all that the schema takes, and maybe more: what API Gateway has no word for is left to
//! the function. It knows JSON Schema, draft 4, as far as Swagger 2.0 does (Amazon API Gateway, "Data
//! models for REST APIs" and "Amazon API Gateway important notes").

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::draft4;
use crate::components::unique;

/// Where definitions are, in the app's document and in Swagger's.
const DEFINITIONS: &str = "#/definitions/";

/// The models that API Gateway gives to every API.
const OWN: [&str; 2] = ["Empty", "Error"];

/// The models of a document while it is made: those that something refers to are in it.
#[derive(Debug)]
pub(super) struct Models<'s> {
    definitions: &'s Map<String, Value>,
    /// What each definition is called in the document.
    names: BTreeMap<&'s str, String>,
    taken: BTreeSet<String>,
    models: Map<String, Value>,
}

impl<'s> Models<'s> {
    pub(super) fn new(definitions: &'s Map<String, Value>) -> Models<'s> {
        let mut taken: BTreeSet<String> = OWN.into_iter().map(str::to_owned).collect();
        // Those that need no other name have it, whatever the others are.
        let (plain, other): (Vec<_>, Vec<_>) = definitions
            .keys()
            .map(String::as_str)
            .partition(|name| model_name(name) == *name);
        let names = plain.into_iter().chain(other);
        let names = names
            .map(|name| (name, unique(&model_name(name), &mut taken)))
            .collect();
        let empty = json!({ "type": "object", "title": "Empty Schema" });
        Models {
            definitions,
            names,
            taken,
            models: [("Empty".to_owned(), empty)].into_iter().collect(),
        }
    }

    /// A reference to the model of a body; `None` if there is nothing that it would refuse. A schema
    /// that is no definition becomes the model of that name.
    pub(super) fn body(&mut self, name: &str, schema: &Value) -> Option<Value> {
        let model = self.schema(schema, None);
        if model.get("$ref").is_some() {
            return Some(model);
        }
        if draft4::says_nothing(&model) {
            return None;
        }
        let name = model_name(name);
        // A route for several methods has one model.
        if self.models.get(&name) == Some(&model) {
            return Some(reference(&name));
        }
        let name = unique(&name, &mut self.taken);
        let reference = reference(&name);
        self.models.insert(name, model);
        Some(reference)
    }

    /// All that has been referred to, and the model of the answers.
    pub(super) fn into_definitions(self) -> Value {
        self.models.into()
    }

    /// The schema as API Gateway knows it, within the definition of that name.
    fn schema(&mut self, schema: &Value, within: Option<&str>) -> Value {
        let definitions = self.definitions;
        draft4::schema(schema, definitions, &mut |target| {
            let (name, target) = definition(definitions, target)?;
            // A model of a circle could not be imported before another one of it.
            if within.is_some_and(|within| reaches(definitions, name, within)) {
                return Some(draft4::kind(target));
            }
            Some(self.define(name, target))
        })
    }

    /// A reference to the definition, which the document then has.
    fn define(&mut self, name: &'s str, schema: &'s Value) -> Value {
        let model = self.names.get(name).cloned().unwrap_or_default();
        if !self.models.contains_key(&model) {
            let schema = self.schema(schema, Some(name));
            // Another name for the same needs no model, nor does what takes everything.
            if schema.get("$ref").is_some() || draft4::says_nothing(&schema) {
                return schema;
            }
            self.models.insert(model.clone(), schema);
        }
        reference(&model)
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{DEFINITIONS}{name}") })
}

/// The definition that is referred to.
pub(super) fn definition<'s>(
    definitions: &'s Map<String, Value>,
    reference: &str,
) -> Option<(&'s str, &'s Value)> {
    let name = reference.strip_prefix(DEFINITIONS)?;
    let name = name.replace("~1", "/").replace("~0", "~");
    let (name, schema) = definitions.get_key_value(&name)?;
    Some((name, schema))
}

/// Whether references lead from one definition to another, or are the same.
fn reaches(definitions: &Map<String, Value>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(name) = next.pop() {
        if name == to {
            return true;
        }
        if let Some((name, schema)) = definitions.get_key_value(name)
            && seen.insert(name.as_str())
        {
            references(schema, definitions, &mut next);
        }
    }
    false
}

/// All definitions to which a schema refers, or might.
fn references<'s>(
    schema: &'s Value,
    definitions: &'s Map<String, Value>,
    found: &mut Vec<&'s str>,
) {
    match schema {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            let target = reference.and_then(|reference| definition(definitions, reference));
            found.extend(target.map(|(name, _)| name));
            for member in members.values() {
                references(member, definitions, found);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                references(element, definitions, found);
            }
        }
        _ => {}
    }
}

/// The name with the letters and digits alone that API Gateway takes in the names of models.
fn model_name(name: &str) -> String {
    let mut plain = String::new();
    for word in name.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        plain.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        plain.push_str(letters.as_str());
    }
    match plain.is_empty() {
        true => "Model".to_owned(),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_have_names_of_letters_and_digits() {
        for (name, expected) in [
            ("Article", "Article"),
            ("Page<Item>", "PageItem"),
            ("create_order body", "CreateOrderBody"),
            ("Größe", "GrE"),
            ("数", "Model"),
        ] {
            assert_eq!(model_name(name), expected);
        }
    }

    #[test]
    fn what_is_referred_to_is_there_under_a_name_of_its_own() {
        let definitions = json!({
            "Page_of_Item": {"type": "array", "items": {"$ref": "#/definitions/Item"}},
            "PageOfItem": {"type": "string"},
            "Item": {"type": "object", "properties": {"page": {"$ref": "#/definitions/PageOfItem"}}},
            "Error": {"type": "integer"},
            "Anything": true,
            "Alias": {"$ref": "#/definitions/Anything"},
            "Text": {"$ref": "#/definitions/PageOfItem"},
            "Unused": {"type": "string"},
        });
        let mut models = Models::new(definitions.as_object().unwrap());
        let reference = |name: &str| json!({"$ref": format!("#/definitions/{name}")});
        assert_eq!(
            models.body("list", &reference("Page_of_Item")),
            Some(reference("PageOfItem2"))
        );
        assert_eq!(
            models.body("fail", &reference("Error")),
            Some(reference("Error2"))
        );
        assert_eq!(models.body("any", &reference("Anything")), None);
        assert_eq!(models.body("alias", &reference("Alias")), None);
        assert_eq!(
            models.body("text", &reference("Text")),
            Some(reference("PageOfItem"))
        );
        assert_eq!(models.body("lost", &reference("Lost")), None);
        let inline = json!({"type": "array", "items": {"type": "string"}});
        assert_eq!(models.body("item", &inline), Some(reference("Item2")));
        assert_eq!(models.body("item2", &inline), Some(reference("Item2")));
        assert_eq!(models.body("all", &json!({"description": "all"})), None);
        assert_eq!(
            models.into_definitions(),
            json!({
                "Empty": {"type": "object", "title": "Empty Schema"},
                "PageOfItem2": {"type": "array", "items": {"$ref": "#/definitions/Item"}},
                "Item": {"type": "object", "properties": {"page": {"$ref": "#/definitions/PageOfItem"}}},
                "PageOfItem": {"type": "string"},
                "Error2": {"type": "integer"},
                "Item2": inline,
            })
        );
    }

    #[test]
    fn circles_are_opened() {
        let definitions = json!({
            "Tree": {"type": "object", "properties": {
                "leaf": {"$ref": "#/definitions/Leaf"},
                "left": {"$ref": "#/definitions/Tree"},
                "branches": {"type": "array", "items": {"$ref": "#/definitions/Branch"}},
            }},
            "Branch": {"type": "object", "required": ["tree"], "properties": {"tree": {"$ref": "#/definitions/Tree"}}},
            "Leaf": {"type": "string"},
        });
        let mut models = Models::new(definitions.as_object().unwrap());
        models.body("tree", &json!({"$ref": "#/definitions/Tree"}));
        models.body("branch", &json!({"$ref": "#/definitions/Branch"}));
        let object = json!({"type": "object"});
        assert_eq!(
            models.into_definitions(),
            json!({
                "Empty": {"type": "object", "title": "Empty Schema"},
                "Tree": {"type": "object", "properties": {
                    "leaf": {"$ref": "#/definitions/Leaf"},
                    "left": object,
                    "branches": {"type": "array", "items": object},
                }},
                "Leaf": {"type": "string"},
                "Branch": {"type": "object", "required": ["tree"], "properties": {"tree": object}},
            })
        );
    }
}
