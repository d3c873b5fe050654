//! A model refuses nothing that the schema takes, from which it is made.

use chalice_openapi::{Placeholders, Schemas, swagger};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{manifest, settings};

/// The model of a body, with those that it refers to, and the schema.
fn both(schema: &Value, other: &Value) -> (Value, Value) {
    let manifest = manifest();
    let route = manifest.routes.iter().find(|it| it.name == "create");
    let source = &route.unwrap().source;
    let handler = format!("{}::{}", source.module, source.item);
    let body = json!({ "$ref": "#/definitions/Body" });
    let definitions = json!({ "Body": schema, "Other": other });
    let schemas: Schemas = serde_json::from_value(json!({
        "handlers": { handler: { "arguments": { "order": body }, "returns": null } },
        "definitions": definitions,
    }))
    .unwrap();
    let document = swagger(
        &manifest,
        &settings(true, false, Some(schemas)),
        &Placeholders,
    );
    let document = serde_json::to_value(document.unwrap()).unwrap();
    let parameters = document["paths"]["/orders"]["post"]["parameters"].as_array();
    let mut model = match parameters.and_then(|parameters| parameters.last()) {
        Some(body) => body["schema"].clone(),
        None => json!({}),
    };
    model["definitions"] = document["definitions"].clone();
    let schema = json!({ "$ref": "#/definitions/Body", "definitions": definitions });
    (model, schema)
}

/// Whether the schema takes the value, and then the model.
#[track_caller]
fn verdicts(schema: &Value, other: &Value, value: &Value) -> (bool, bool) {
    let (model, schema) = both(schema, other);
    if let Err(error) = jsonschema::draft4::meta::validate(&model) {
        panic!("{model:#} is none: {error}");
    }
    let model = jsonschema::draft4::new(&model).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    (schema.is_valid(value), model.is_valid(value))
}

#[test]
fn what_can_be_said_is_said() {
    let nothing = json!({});
    for (schema, taken, refused) in [
        (
            json!({ "type": "object", "required": ["a"] }),
            json!({ "a": 1 }),
            json!({}),
        ),
        (json!({ "const": 5 }), json!(5), json!(6)),
        (
            json!({ "oneOf": [{ "const": "a" }, { "const": "b" }] }),
            json!("b"),
            json!("c"),
        ),
        (
            json!({ "anyOf": [{ "enum": ["a"] }, { "type": "null" }] }),
            json!(null),
            json!("b"),
        ),
        (json!({ "exclusiveMinimum": 5 }), json!(6), json!(4)),
        (
            json!({ "type": "string", "pattern": "^a+$" }),
            json!("aa"),
            json!("b"),
        ),
        (
            json!({ "allOf": [{ "type": "object" }, { "required": ["a"] }] }),
            json!({ "a": 1 }),
            json!({ "b": 1 }),
        ),
        (
            json!({ "oneOf": [
                { "type": "object", "properties": { "k": { "const": "a" } }, "required": ["k", "x"] },
                { "type": "object", "properties": { "k": { "const": "b" } }, "required": ["k"] },
            ] }),
            json!({ "k": "b" }),
            json!({ "x": 1 }),
        ),
        (
            json!({ "type": "object", "properties": { "a": {} }, "additionalProperties": { "type": "string" } }),
            json!({ "a": 1, "b": "" }),
            json!({ "b": 1 }),
        ),
    ] {
        assert_eq!(
            verdicts(&schema, &nothing, &taken),
            (true, true),
            "{schema}"
        );
        assert_eq!(
            verdicts(&schema, &nothing, &refused),
            (false, false),
            "{schema}"
        );
    }
}

#[test]
fn what_cannot_be_said_is_left_to_the_function() {
    let nothing = json!({});
    for (schema, value) in [
        (json!({ "type": ["string", "null"] }), json!(1)),
        (
            json!({ "format": "date-time", "type": "string", "pattern": "(?i)^A" }),
            json!("b"),
        ),
        (
            json!({ "type": "array", "uniqueItems": true }),
            json!([1, 1]),
        ),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }], "items": false }),
            json!([1, 2]),
        ),
        (json!({ "not": { "type": "string" } }), json!("a")),
        // AWS CloudFormation would take such an object for a function.
        (
            json!({ "type": "object", "properties": { "Ref": { "type": "string" } }, "additionalProperties": false }),
            json!({ "Ref": 1 }),
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "type": "string" } }, "additionalProperties": false }),
            json!({ "a": 1 }),
        ),
        (json!(false), json!(1)),
    ] {
        assert!(verdicts(&schema, &nothing, &value).1, "{schema}");
        let (model, _) = both(
            &json!({ "type": "object", "properties": { "p": schema } }),
            &nothing,
        );
        assert!(!model.to_string().contains("\"Ref\""), "{model}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3..4_i64).prop_map(Value::from),
        prop::sample::select(vec!["", "a", "b", "ab"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(vec!["a", "b", "Ref"]), inner, 0..3)
                .prop_map(|members| json!(members)),
        ]
    })
}

fn any_schema() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec![
        "object", "array", "string", "integer", "null", "boolean",
    ]);
    let bound = prop::sample::select(vec![
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ]);
    let size = prop::sample::select(vec![
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
    ]);
    let names = || prop::collection::btree_set(prop::sample::select(vec!["a", "b", "Ref"]), 0..3);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        kind.clone().prop_map(|kind| json!({ "type": kind })),
        prop::collection::btree_set(kind, 1..3).prop_map(|kinds| json!({ "type": kinds })),
        (bound, -2..3).prop_map(|(name, bound)| json!({ name: bound })),
        (size, 0..3).prop_map(|(name, size)| json!({ name: size })),
        any_value().prop_map(|value| json!({ "const": value })),
        any_value().prop_map(|value| json!({ "enum": [value] })),
        names().prop_map(|names| json!({ "required": names })),
        Just(json!({ "pattern": "^a" })),
        Just(json!({ "type": "array", "uniqueItems": true })),
        prop::sample::select(vec!["Body", "Other"]).prop_map(
            |name| json!({ "properties": { "a": { "$ref": format!("#/definitions/{name}") } } })
        ),
        Just(json!({ "$ref": "#/definitions/Other" })),
    ];
    leaf.prop_recursive(3, 16, 3, move |inner| {
        let members = prop::collection::btree_map(
            prop::sample::select(vec!["a", "b", "Ref"]),
            inner.clone(),
            0..3,
        );
        let several = || prop::collection::vec(inner.clone(), 1..4);
        let keyword = |name: &'static str| {
            inner
                .clone()
                .prop_map(move |schema| json!({ name: schema }))
        };
        prop_oneof![
            members
                .clone()
                .prop_map(|members| json!({ "properties": members })),
            (members, inner.clone()).prop_map(|(members, rest)| {
                json!({ "type": "object", "properties": members, "additionalProperties": rest })
            }),
            several().prop_map(|all| json!({ "allOf": all })),
            several().prop_map(|any| json!({ "anyOf": any })),
            several().prop_map(|one| json!({ "oneOf": one })),
            (several(), inner.clone())
                .prop_map(|(first, rest)| json!({ "prefixItems": first, "items": rest })),
            keyword("items"),
            keyword("not"),
            // All keywords of two schemas.
            (inner.clone(), inner.clone()).prop_map(|(mut schema, more)| {
                if let (Some(schema), Some(more)) = (schema.as_object_mut(), more.as_object()) {
                    schema.extend(more.clone());
                }
                schema
            }),
        ]
    })
}

proptest! {
    #[test]
    fn a_model_refuses_nothing_that_the_schema_takes(
        schema in any_schema(),
        // References of it would lead in circles that have no end.
        other in any_schema().prop_map(|schema| match schema.to_string().contains("$ref") {
            true => json!({ "type": "string" }),
            false => schema,
        }),
        value in any_value(),
    ) {
        let (by_schema, by_model) = verdicts(&schema, &other, &value);
        prop_assert!(by_model || !by_schema, "{} {} {}", schema, other, value);
    }
}
