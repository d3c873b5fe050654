//! The parameters of an operation: placeholders of the path, and members of the query string.

use chalice_core::manifest::model::Route;
use serde_json::{Map, Value, json};

use crate::{
    components::Components, note::Note, operation::placeholders, rust_type::RustType,
    schemas::Schemas,
};

/// The path as OpenAPI writes it, where a greedy placeholder is one like any other.
pub(crate) fn path_template(path: &str) -> String {
    path.replace("+}", "}")
}

/// The parameters that stand for placeholders: each is required, and text where the type is
/// none that JSON has.
pub(crate) fn path_parameters(
    route: &Route,
    schemas: &Schemas,
    components: &mut Components<'_>,
) -> Vec<Value> {
    let placeholders = placeholders(&route.path).into_iter();
    placeholders
        .map(|(name, greedy)| {
            let argument = route.parameters.iter().find(|it| it.name == name);
            let described = schemas
                .argument(&route.source, name)
                .filter(|schema| is_scalar(components.resolve(schema)));
            let schema = match (described, argument) {
                (Some(schema), _) => components.schema(schema),
                (None, Some(argument)) => scalar(&RustType::read(&argument.kind)),
                (None, None) => json!({ "type": "string" }),
            };
            let mut parameter = json!({
                "name": name,
                "in": "path",
                "required": true,
                "schema": schema,
            });
            if greedy {
                parameter["description"] = "The rest of the path, slashes included.".into();
            }
            parameter
        })
        .collect()
}

/// Whether values of the schema are single pieces of text, as a segment of a path is one.
fn is_scalar(schema: &Value) -> bool {
    match &schema["type"] {
        Value::String(kind) => matches!(&**kind, "string" | "integer" | "number" | "boolean"),
        _ => schema["enum"].is_array(),
    }
}

/// What text is taken for such a type: for the framework, whatever its `FromStr` takes.
fn scalar(kind: &RustType) -> Value {
    match kind.name() {
        "bool" => json!({ "type": "boolean" }),
        "f32" => json!({ "type": "number", "format": "float" }),
        "f64" => json!({ "type": "number", "format": "double" }),
        "char" => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
        "Uuid" => json!({ "type": "string", "format": "uuid" }),
        "Ipv4Addr" => json!({ "type": "string", "format": "ipv4" }),
        "Ipv6Addr" => json!({ "type": "string", "format": "ipv6" }),
        name @ ("u8" | "u16" | "u32" | "u64" | "u128" | "usize") => {
            json!({ "type": "integer", "format": integer_format(name), "minimum": 0 })
        }
        name @ ("i8" | "i16" | "i32" | "i64" | "i128" | "isize") => {
            json!({ "type": "integer", "format": integer_format(name) })
        }
        _ => json!({ "type": "string" }),
    }
}

/// The names that schemars has for them.
fn integer_format(name: &str) -> String {
    match name {
        "usize" => "uint".to_owned(),
        "isize" => "int".to_owned(),
        _ => name
            .replacen('u', "uint", 1)
            .replacen('i', "int", usize::from(name.starts_with('i'))),
    }
}

/// The parameters of the query string, as far as the types of `Query<T>` are described.
pub(crate) fn query_parameters(
    route: &Route,
    schemas: &Schemas,
    components: &mut Components<'_>,
    notes: &mut Vec<Note>,
) -> Vec<Value> {
    let mut parameters: Vec<Value> = Vec::new();
    for argument in &route.arguments {
        let kind = RustType::read(&argument.kind);
        let optional = kind.argument_of("Option");
        if optional.unwrap_or(&kind).argument_of("Query").is_none() {
            continue;
        }
        let Some(schema) = schemas.argument(&route.source, &argument.name) else {
            notes.push(Note::argument(route, &argument.name, &argument.kind));
            continue;
        };
        let schema = components.resolve(schema).clone();
        let members = query_members(&schema, &argument.name, optional.is_some(), components);
        for member in members {
            // Two arguments may read the same member.
            if parameters.iter().all(|it| it["name"] != member["name"]) {
                parameters.push(member);
            }
        }
    }
    parameters
}

fn query_members(
    schema: &Value,
    argument: &str,
    is_optional: bool,
    components: &mut Components<'_>,
) -> Vec<Value> {
    let Some(Value::Object(properties)) = schema.get("properties") else {
        // Names that are not known beforehand: a map.
        return vec![json!({
            "name": argument,
            "in": "query",
            "style": "form",
            "explode": true,
            "schema": components.schema(schema),
        })];
    };
    let required = |name: &str| {
        let mut names = schema["required"].as_array().into_iter().flatten();
        !is_optional && names.any(|it| it == name)
    };
    properties
        .iter()
        .map(|(name, property)| {
            let mut property = without_null(property);
            let description = property
                .as_object_mut()
                .and_then(|property| property.remove("description"));
            let mut parameter = Map::new();
            parameter.insert("name".to_owned(), name.as_str().into());
            parameter.insert("in".to_owned(), "query".into());
            parameter.insert("required".to_owned(), required(name).into());
            parameter.insert("schema".to_owned(), components.schema(&property));
            if let Some(description) = description {
                parameter.insert("description".to_owned(), description);
            }
            Value::Object(parameter)
        })
        .collect()
}

/// The schema without `null`, which no query string can say: what is null is left out there.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let Some(members) = schema.as_object_mut() else {
        return schema;
    };
    if let Some(Value::Array(kinds)) = members.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = &kinds[..] {
            let only = only.clone();
            members.insert("type".to_owned(), only);
        }
    }
    if members.get("default") == Some(&Value::Null) {
        members.remove("default");
    }
    if let Some(Value::Array(values)) = members.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(branches)) = members.get_mut("anyOf") {
        branches.retain(|branch| branch["type"] != "null");
        if let [Value::Object(only)] = &branches[..] {
            let only = only.clone();
            members.remove("anyOf");
            for (key, value) in only {
                members.entry(key).or_insert(value);
            }
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_placeholders() {
        for (kind, expected) in [
            (
                "u64",
                json!({"type": "integer", "format": "uint64", "minimum": 0}),
            ),
            (
                "usize",
                json!({"type": "integer", "format": "uint", "minimum": 0}),
            ),
            ("i32", json!({"type": "integer", "format": "int32"})),
            ("isize", json!({"type": "integer", "format": "int"})),
            ("f64", json!({"type": "number", "format": "double"})),
            ("uuid::Uuid", json!({"type": "string", "format": "uuid"})),
            ("bool", json!({"type": "boolean"})),
            ("String", json!({"type": "string"})),
            ("Article", json!({"type": "string"})),
        ] {
            assert_eq!(scalar(&RustType::read(kind)), expected, "{kind}");
        }
    }

    #[test]
    fn what_a_query_string_cannot_say() {
        for (schema, expected) in [
            (
                json!({"type": ["boolean", "null"]}),
                json!({"type": "boolean"}),
            ),
            (
                json!({"type": ["string", "integer", "null"], "default": null}),
                json!({"type": ["string", "integer"]}),
            ),
            (
                json!({"anyOf": [{"$ref": "#/definitions/Order"}, {"type": "null"}], "description": "how"}),
                json!({"$ref": "#/definitions/Order", "description": "how"}),
            ),
            (json!({"enum": ["a", null]}), json!({"enum": ["a"]})),
            (json!(true), json!(true)),
        ] {
            assert_eq!(without_null(&schema), expected);
        }
    }
}
