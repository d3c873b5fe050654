//! Whatever names and schemas say, TypeScript's compiler reads what becomes of them.

use std::fs;

use chalice_client_gen::{Language, client};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Map, Value, json};
use verifiers::openapi_client;

use crate::{STRICT, manifest, schemas, settings};

/// How many definitions there are; all of them are compiled together, because the compiler takes long to start.
const DEFINITIONS: usize = 150;

/// Texts that mean something to TypeScript, and texts of any characters.
fn text() -> impl Strategy<Value = String> + Clone {
    let hostile = [
        "constructor",
        "__proto__",
        "class",
        "string",
        "Promise",
        "Record",
        "T",
        "a\"b",
        "*/",
        "/*",
        "`${x}`",
        "\n",
        "\r",
        "\\",
        "\u{2028}",
        "\u{2029}\u{0}",
        "",
        "0",
        "1e3",
        "-1",
        "a-b",
        "a.b",
        "a b",
        "é",
        "𝒳",
        "@param {x",
        "?",
        "'",
        "<T>",
        "readonly",
        "get",
        "new",
        "CatalogueClient",
        "ClientOptions",
        "Credentials",
        "ReadableStream",
        "RootGetParams",
        "ArticlesGetParams",
    ];
    prop_oneof![
        3 => prop::sample::select(hostile.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(text(), inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn reference(name: &str) -> Value {
    let pointer = name.replace('~', "~0").replace('/', "~1");
    json!({ "$ref": format!("#/definitions/{pointer}") })
}

fn schema(names: Vec<String>) -> impl Strategy<Value = Value> {
    let names = prop::sample::select(names);
    let kind = prop::sample::select(vec![
        "string", "integer", "number", "boolean", "null", "array", "object", "other",
    ]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        names.prop_map(|name| reference(&name)),
        text().prop_map(|text| reference(&text)),
        (kind.clone(), text())
            .prop_map(|(kind, text)| json!({ "type": kind, "description": text, "format": text })),
        value().prop_map(|value| json!({ "const": value })),
        prop::collection::vec(value(), 0..4).prop_map(|values| json!({ "enum": values })),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        let members = prop::collection::btree_map(text(), inner.clone(), 0..4);
        let list = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            4 => (members.clone(), prop::collection::vec(text(), 0..3), prop::option::of(inner.clone())).prop_map(
                |(members, required, additional)| {
                    let mut schema = json!({ "type": "object", "properties": members, "required": required });
                    if let Some(additional) = additional {
                        schema["additionalProperties"] = additional;
                    }
                    schema
                }
            ),
            1 => members.prop_map(|members| json!({ "patternProperties": members, "additionalProperties": false })),
            1 => inner.clone().prop_map(|inner| json!({ "type": "array", "items": inner })),
            2 => (list.clone(), prop::option::of(inner.clone()), 0_u8..5).prop_map(|(first, items, min)| {
                let mut schema = json!({ "type": "array", "prefixItems": first, "minItems": min });
                if let Some(items) = items {
                    schema["items"] = items;
                }
                schema
            }),
            1 => (inner.clone(), 0_u8..5).prop_map(
                |(inner, count)| json!({ "type": "array", "items": inner, "minItems": count, "maxItems": count })
            ),
            2 => (prop::sample::select(vec!["oneOf", "anyOf", "allOf"]), list, text()).prop_map(
                |(key, list, text)| json!({ (key): list, "description": text })
            ),
            1 => (inner.clone(), inner.clone()).prop_map(|(inner, beside)| {
                json!({ "allOf": [inner], "anyOf": [beside, { "type": "null" }], "type": ["object", "null"] })
            }),
            1 => inner.prop_map(|inner| json!({ "not": inner })),
        ]
    })
}

/// Definitions under hostile names, which refer to each other.
fn definitions() -> Map<String, Value> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut names: Vec<String> = Vec::new();
    while names.len() < DEFINITIONS {
        let name = text().new_tree(&mut runner).unwrap().current();
        let name = match names.contains(&name) {
            true => format!("{name}{}", names.len()),
            false => name,
        };
        names.push(name);
    }
    let schema = schema(names.clone());
    names
        .into_iter()
        .map(|name| (name, schema.new_tree(&mut runner).unwrap().current()))
        .collect()
}

#[test]
fn every_client_compiles() {
    let definitions = definitions();
    let mut schemas = schemas();
    let members: Map<String, Value> = definitions
        .keys()
        .map(|name| (name.clone(), reference(name)))
        .collect();
    let handler = schemas
        .handlers
        .get_mut("client::catalogue::shapes")
        .unwrap();
    handler.returns = Some(json!({ "type": "object", "properties": members }));
    let handler = schemas
        .handlers
        .get_mut("client::catalogue::filters")
        .unwrap();
    let query = json!({ "type": "object", "properties": members, "required": ["*/", "__proto__"] });
    handler.arguments.insert("filter".to_owned(), Some(query));
    schemas.definitions = definitions;
    let mut manifest = manifest();
    for (number, route) in manifest.routes.iter_mut().enumerate() {
        route.summary =
            Some(["*/ export", "a\u{2028}b", "@type {", "`", "\\"][number % 5].to_owned());
        route.description = Some("```\n*/\n```".to_owned());
    }
    let client = client(&manifest, &schemas, settings(Some("https://a/\"${*/}"))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, language: Language, from: &str| {
        let files = client.files(language);
        let file = files.iter().find(|it| it.name == from).unwrap();
        fs::write(folder.path().join(name), &file.text).unwrap();
    };
    write("client.ts", Language::TypeScript, "client.ts");
    // As a source, since the compiler passes over declarations.
    write("declarations.ts", Language::JavaScript, "client.d.ts");
    write("client.mjs", Language::JavaScript, "client.js");
    let arguments = [&STRICT[..], &["--noEmit", "client.ts", "declarations.ts"]].concat();
    openapi_client()
        .tsc(folder.path(), &arguments)
        .unwrap_or_else(|error| panic!("{error}"));
    openapi_client()
        .node(folder.path(), &["--check", "client.mjs"])
        .unwrap_or_else(|error| panic!("{error}"));
}
