use serde_json::json;

use super::*;

fn definitions(schemas: Value) -> Definitions {
    let schemas = schemas.as_object().unwrap().clone();
    Definitions::new(schemas, &mut BTreeSet::from(["Promise".to_owned()]))
}

fn declared(schemas: Value) -> String {
    let all: Vec<Value> = schemas
        .as_object()
        .unwrap()
        .keys()
        .map(|key| json!({ "$ref": format!("{SCHEMAS}{key}") }))
        .collect();
    let needed = definitions(schemas).needed_by(all.iter());
    let written = needed
        .iter()
        .map(|it| it.kind.declare(&it.name, &it.documentation));
    written.collect()
}

fn reference(key: &str) -> Value {
    json!({ "$ref": format!("{SCHEMAS}{key}") })
}

/// The type of a schema, on one line.
fn read(schema: Value) -> String {
    let definitions = definitions(json!({ "Item": {}, "Order": {} }));
    let written = definitions.read(&schema).write("");
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn simple_schemas() {
    for (schema, expected) in [
        (json!(true), "unknown"),
        (json!({}), "unknown"),
        (json!({ "description": "Whatever." }), "unknown"),
        (json!(false), "never"),
        (json!({ "type": "string", "format": "uuid" }), "string"),
        (json!({ "type": "integer", "minimum": 0 }), "number"),
        (json!({ "type": ["boolean", "null"] }), "boolean | null"),
        (json!({ "const": "a\"b" }), r#""a\"b""#),
        (
            json!({ "type": "string", "enum": ["a", "b"] }),
            r#""a" | "b""#,
        ),
        (
            json!({ "enum": ["a", 1.5, -2, null, true] }),
            r#""a" | 1.5 | -2 | null | true"#,
        ),
        (json!({ "const": { "a": [1, "b"] } }), r#"{ a: [1, "b"]; }"#),
        (reference("Item"), "Item"),
        (
            json!({ "anyOf": [reference("Item"), { "type": "null" }] }),
            "Item | null",
        ),
        (
            json!({ "type": "string", "oneOf": [{ "const": "a" }, { "const": "b" }] }),
            r#""a" | "b""#,
        ),
    ] {
        assert_eq!(read(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn arrays_and_tuples() {
    let item = reference("Item");
    for (schema, expected) in [
        (json!({ "type": "array" }), "unknown[]"),
        (
            json!({ "type": "array", "items": item, "uniqueItems": true }),
            "Item[]",
        ),
        (
            json!({ "type": "array", "items": { "type": ["string", "null"] } }),
            "(string | null)[]",
        ),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, item], "minItems": 2, "maxItems": 2 }),
            "[string, Item]",
        ),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, item], "minItems": 1, "items": false }),
            "[string, Item?]",
        ),
        (
            json!({ "prefixItems": [{ "type": "string" }], "items": { "type": "number" } }),
            "[string?, ...number[]]",
        ),
        (
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 3, "maxItems": 3 }),
            "[number, number, number]",
        ),
        (
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 64, "maxItems": 64 }),
            "number[]",
        ),
    ] {
        assert_eq!(read(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn objects_and_maps() {
    let text = json!({ "type": "string" });
    for (schema, expected) in [
        (json!({ "type": "object" }), "{ [key: string]: unknown; }"),
        (
            json!({ "type": "object", "additionalProperties": false }),
            "{ [key: string]: never }",
        ),
        (
            json!({ "type": "object", "properties": { "a": text, "b": { "type": "number" } }, "required": ["a"] }),
            "{ a: string; b?: number; }",
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "number" } }),
            "{ [key: string]: number; }",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^\\d+$": text }, "additionalProperties": false }),
            "{ [key: string]: string; }",
        ),
        (
            json!({ "properties": { "id": { "type": "number" } }, "additionalProperties": text }),
            "{ id?: number; [key: string]: string | number | undefined; }",
        ),
        (
            json!({ "properties": { "id": { "type": "number" } }, "additionalProperties": true }),
            "{ id?: number; [key: string]: unknown; }",
        ),
        (json!({ "required": ["a-b"] }), r#"{ "a-b": unknown; }"#),
        (
            json!({
                "type": "object",
                "properties": { "id": { "type": "number" } },
                "oneOf": [reference("Item"), reference("Order")],
            }),
            "{ id?: number; } & (Item | Order)",
        ),
        (
            json!({ "allOf": [reference("Item"), { "type": "object", "required": ["x"] }] }),
            "Item & { x: unknown; }",
        ),
    ] {
        assert_eq!(read(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn what_cannot_be_said_has_a_reason() {
    for (schema, reason) in [
        (json!({ "not": { "type": "string" } }), "`not`"),
        (
            json!({ "$ref": "#/definitions/Lost" }),
            "is no schema of the document",
        ),
        (
            json!({ "$ref": "https://example.com/*/a" }),
            "example.com/*\\/a",
        ),
        (json!({ "type": "any" }), "no type `any`"),
        (json!([]), "neither an object nor a boolean"),
    ] {
        let written = read(schema.clone());
        assert!(written.starts_with("unknown /* "), "{written}");
        assert!(written.contains(reason), "{written}");
    }
    let mut deep = json!({ "type": "string" });
    for _ in 0..100 {
        deep = json!({ "type": "array", "items": deep });
    }
    assert!(read(deep).starts_with("unknown /* the schema goes on deeper than is read */[][]"));
}

#[test]
fn names_and_declarations() {
    let schemas = json!({
        "Promise": { "type": "string", "description": "Not that one." },
        "Page.of-Item": { "type": "object", "properties": { "next": reference("Page.of-Item") } },
        "Page_of_Item": { "type": "array", "items": reference("Size") },
        "Size": { "oneOf": [{ "const": "small", "description": "Up to 1 */" }, { "const": "large" }] },
    });
    assert_eq!(
        declared(schemas),
        "export type Page_of_Item = Size[];\n\
         export interface Page_of_Item2 {\n    next?: Page_of_Item2;\n}\n\
         /** Not that one. */\nexport type Promise2 = string;\n\
         export type Size =\n    /** Up to 1 *\\/ */\n    | \"small\"\n    | \"large\";\n"
    );
}

#[test]
fn types_that_would_be_defined_by_themselves() {
    let schemas = json!({
        "A": { "anyOf": [reference("B"), { "type": "null" }] },
        "B": { "allOf": [reference("A")] },
        "Tree": { "anyOf": [{ "type": "array", "items": reference("Tree") }, { "type": "null" }] },
        "User": { "anyOf": [reference("A"), { "type": "string" }] },
    });
    assert_eq!(
        declared(schemas),
        "export type A = unknown /* the type would be defined by itself */;\n\
         export type B = unknown /* the type would be defined by itself */;\n\
         export type Tree = Tree[] | null;\n\
         export type User = A | string;\n"
    );
}

#[test]
fn only_what_is_needed_is_declared() {
    let definitions = definitions(json!({
        "Used": { "items": reference("Deep") }, "Deep": {}, "Unused": reference("Used"),
    }));
    let schema = json!({ "properties": { "a": reference("Used") } });
    let needed = definitions.needed_by([&schema].into_iter());
    let names: Vec<&str> = needed.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Deep", "Used"]);
}
