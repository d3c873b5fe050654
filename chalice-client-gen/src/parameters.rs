//! The parameters of an operation: of its path and of its query string, in one object.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    comment::paragraphs,
    identifier::unique,
    operation::{Parameter, PathPart, Place},
    types::{Definitions, Type, described},
};

/// The formats of integers of which ECMAScript's numbers do not have all values.
const LONG: [&str; 6] = ["int", "uint", "int64", "uint64", "int128", "uint128"];

/// The parameters of an operation of a document.
///
/// A member of the query string that is called as a placeholder of the path is has a number behind its name.
pub(crate) fn parameters(operation: &Value, definitions: &Definitions) -> Vec<Parameter> {
    let all = operation["parameters"].as_array();
    let all: Vec<&Value> = all.into_iter().flatten().collect();
    let (in_path, in_query): (Vec<&Value>, Vec<&Value>) =
        all.into_iter().partition(|it| it["in"] == "path");
    let mut taken = BTreeSet::new();
    let ordered = in_path.into_iter().chain(in_query);
    ordered
        .map(|parameter| {
            let name = parameter["name"].as_str().unwrap_or_default();
            let place = match parameter["in"].as_str() {
                Some("path") => Place::Path,
                _ if parameter.get("style").is_some() => Place::QueryMembers,
                _ => Place::Query(name.to_owned()),
            };
            let schema = &parameter["schema"];
            let description = parameter["description"].as_str().unwrap_or_default();
            Parameter {
                property: unique(name, &mut taken),
                place,
                is_required: parameter["required"] == true,
                documentation: paragraphs([description, &described(schema)]),
                kind: kind(schema, definitions),
            }
        })
        .collect()
}

fn kind(schema: &Value, definitions: &Definitions) -> Type {
    let format = schema["format"].as_str().unwrap_or_default();
    let kind = definitions.read(schema);
    match schema["type"] == "integer" && LONG.contains(&format) {
        true => Type::union([kind, Type::Word("bigint")]),
        false => kind,
    }
}

/// The parts of a path as API Gateway writes it.
pub(crate) fn path_parts(path: &str) -> Vec<PathPart> {
    let mut parts: Vec<PathPart> = Vec::new();
    let mut literal = String::new();
    for (number, segment) in path.split('/').enumerate() {
        if number > 0 {
            literal.push('/');
        }
        let name = segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'));
        let Some(name) = name else {
            literal.push_str(segment);
            continue;
        };
        parts.push(PathPart::Literal(std::mem::take(&mut literal)));
        parts.push(match name.strip_suffix('+') {
            Some(name) => PathPart::Rest(name.to_owned()),
            None => PathPart::Segment(name.to_owned()),
        });
    }
    if !literal.is_empty() {
        parts.push(PathPart::Literal(literal));
    }
    parts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_of_paths() {
        let literal = |text: &str| PathPart::Literal(text.to_owned());
        assert_eq!(path_parts("/"), [literal("/")]);
        assert_eq!(
            path_parts("/a/{id}/b.c/{path+}"),
            [
                literal("/a/"),
                PathPart::Segment("id".to_owned()),
                literal("/b.c/"),
                PathPart::Rest("path".to_owned()),
            ]
        );
    }

    #[test]
    fn names_and_places() {
        let operation = json!({ "parameters": [
            { "name": "id", "in": "query", "required": false, "schema": { "type": "string", "format": "uuid" } },
            { "name": "id", "in": "path", "required": true, "schema": { "type": "integer", "format": "uint64" } },
            { "name": "filter", "in": "query", "style": "form", "schema": { "type": "object" }, "description": "All." },
        ] });
        let parameters = parameters(&operation, &Definitions::default());
        let short: Vec<(&str, &Place, bool, &str, String)> = parameters
            .iter()
            .map(|it| {
                let documentation = it.documentation.as_str();
                (
                    it.property.as_str(),
                    &it.place,
                    it.is_required,
                    documentation,
                    it.kind.write(""),
                )
            })
            .collect();
        let query = Place::Query("id".to_owned());
        assert_eq!(
            short,
            [
                ("id", &Place::Path, true, "", "number | bigint".to_owned()),
                ("id2", &query, false, "Format: `uuid`.", "string".to_owned()),
                (
                    "filter",
                    &Place::QueryMembers,
                    false,
                    "All.",
                    "{\n    [key: string]: unknown;\n}".to_owned()
                ),
            ]
        );
    }
}
