//! What the texts of a configuration refer to: whether it is there.

use serde_json::Value;

use crate::{
    expressions::{Term, expressions, terms},
    schema::{DEPRECATED_SINCE, Schema, attribute, declared, members},
};

/// The functions of Terraform that are used.
const FUNCTIONS: [&str; 5] = [
    "filebase64sha256",
    "jsondecode",
    "sha256",
    "split",
    "timeadd",
];

/// Every reference to what is not there, with its place.
pub(crate) fn mistakes(template: &Value, schema: &Schema) -> Vec<String> {
    let mut search = Search {
        template,
        schema,
        mistakes: Vec::new(),
    };
    for block in ["data", "locals", "output", "resource"] {
        search.value(block, &template[block]);
    }
    search.depends_on();
    search.mistakes
}

struct Search<'a> {
    template: &'a Value,
    schema: &'a Schema,
    mistakes: Vec<String>,
}

impl Search<'_> {
    fn value(&mut self, place: &str, value: &Value) {
        match value {
            Value::String(text) => self.text(place, text),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(&format!("{place}[{index}]"), element);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.text(place, name);
                    self.value(&format!("{place}.{name}"), member);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, place: &str, text: &str) {
        let expressions = match expressions(text) {
            Ok(expressions) => expressions,
            Err(error) => return self.mistakes.push(format!("{place}: {error}")),
        };
        for term in expressions.into_iter().flat_map(terms) {
            let mistake = match &term {
                Term::Call(function) => (!FUNCTIONS.contains(&function.as_str()))
                    .then(|| format!("no function `{function}` is known here")),
                Term::Traversal(names) => {
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    self.traversal(&names)
                }
            };
            if let Some(mistake) = mistake {
                self.mistakes.push(format!("{place}: {mistake}"));
            }
        }
    }

    fn traversal(&self, names: &[&str]) -> Option<String> {
        let path = names.join(".");
        let (mode, names) = match names {
            ["path", "module"] => return None,
            ["local", name] => {
                let is_known = self.template["locals"].get(*name).is_some();
                return (!is_known).then(|| format!("`{path}` is not there"));
            }
            ["data", names @ ..] => ("data", names),
            names => ("resource", names),
        };
        let [kind, name, attributes @ ..] = names else {
            return Some(format!("`{path}` refers to nothing"));
        };
        let declared = declared(self.template);
        let names = declared.get(&(mode, *kind)).map_or(&[][..], Vec::as_slice);
        if !names.contains(name) {
            return Some(format!("`{path}` is not there"));
        }
        let block = self.schema.block(mode, kind)?;
        let (block, name) = match attributes {
            [name] => (block, name),
            [outer, name] if block["blocks"].get(*outer).is_some() => {
                (&block["blocks"][*outer], name)
            }
            _ => return Some(format!("`{path}` is no attribute")),
        };
        match attribute(block, name) {
            None => Some(format!("`{path}`: no such attribute")),
            Some(it) if it.is("deprecated") || DEPRECATED_SINCE.contains(&(*kind, *name)) => {
                Some(format!("`{path}` is deprecated"))
            }
            Some(_) => None,
        }
    }

    fn depends_on(&mut self) {
        let declared = declared(self.template);
        for (kind, resources) in members(&self.template["resource"]) {
            for (name, arguments) in members(resources) {
                let needed = arguments["depends_on"].as_array();
                for address in needed.into_iter().flatten() {
                    let is_there = address
                        .as_str()
                        .and_then(|it| it.split_once('.'))
                        .is_some_and(|(kind, name)| {
                            declared
                                .get(&("resource", kind))
                                .is_some_and(|it| it.contains(&name))
                        });
                    if !is_there {
                        let mistake =
                            format!("resource.{kind}.{name}.depends_on: {address} is not there");
                        self.mistakes.push(mistake);
                    }
                }
            }
        }
    }
}
