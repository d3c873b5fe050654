//! Documents of any form.

use chalice_openapi::changes;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::api::{ITEM, api, changed};

#[test]
fn what_is_no_document() {
    for (document, reason) in [
        (json!({}), "it has no member `openapi`"),
        (json!([]), "it has no member `openapi`"),
        (
            json!({ "openapi": "3.0.3" }),
            "its member `openapi` is \"3.0.3\", and documents of 3.1 are compared",
        ),
        (
            json!({ "swagger": "2.0" }),
            "it is a Swagger document; compare without `--swagger`",
        ),
        (json!({ "openapi": "3.1.0" }), "it has no object `paths`"),
    ] {
        let error = changes(&document, &api()).unwrap_err().to_string();
        assert_eq!(error, format!("it is no OpenAPI 3.1 document: {reason}"));
    }
}

/// Circles and references that lead nowhere end.
#[test]
fn documents_that_lead_nowhere() {
    let circle = changed(ITEM, json!({ "$ref": "#/components/schemas/Item" }));
    let nowhere = changed(ITEM, json!({ "$ref": "#/nowhere" }));
    let item = json!({ "$ref": "#/components/schemas/Item" });
    let all_of = changed(ITEM, json!({ "allOf": [item, item, item] }));
    let any_of = changed(
        ITEM,
        json!({ "anyOf": [item, { "items": item }, { "type": "null" }] }),
    );
    let list = changed(
        ITEM,
        json!({ "anyOf": [{ "items": { "anyOf": [item, item] } }, { "not": item }] }),
    );
    for old in [&circle, &nowhere, &all_of, &any_of, &list, &api()] {
        for new in [&circle, &nowhere, &all_of, &any_of, &list, &api()] {
            changes(old, new).unwrap();
        }
    }
}

/// Circles through `allOf`, with more than one way on from each schema.
#[test]
fn circles_of_combined_schemas() {
    let item = json!({ "$ref": "#/components/schemas/Item" });
    let schema = |minimum: u32| {
        let next = |name: &str| json!({ "allOf": [item], "title": name, "minProperties": minimum });
        json!({
            "type": "object",
            "properties": { "a": next("a"), "b": next("b"), "c": next("c") },
        })
    };
    let found = changes(&changed(ITEM, schema(1)), &changed(ITEM, schema(2))).unwrap();
    assert!(
        found
            .iter()
            .any(|it| it.place.ends_with("/a/minProperties")),
        "{found:?}"
    );
}

/// Alternatives within alternatives, all of which have changed: to try each with each would take hours.
#[test]
fn many_alternatives_within_many_others() {
    let schema = |minimum: u32| {
        let mut schema = json!({ "type": "integer", "minimum": minimum });
        for level in 0..3 {
            let branches = (0..15).map(|number| {
                json!({ "type": "object", "properties": { format!("p{level}"): schema, format!("n{number}"): { "minimum": minimum } } })
            });
            schema = json!({ "anyOf": branches.collect::<Vec<_>>() });
        }
        schema
    };
    let found = changes(&changed(ITEM, schema(1)), &changed(ITEM, schema(2))).unwrap();
    assert!(!found.is_empty());
}

/// Schemas of all forms, some of which refer to `Item` and so to themselves.
fn schemas() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({})),
        Just(json!(false)),
        Just(json!({ "$ref": "#/components/schemas/Item" })),
        Just(json!({ "type": "null" })),
        (0..9).prop_map(|bound| json!({ "type": "integer", "minimum": bound })),
        proptest::collection::vec("[a-c]", 1..3).prop_map(|values| json!({ "enum": values })),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let several = proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            several
                .clone()
                .prop_map(|branches| json!({ "anyOf": branches })),
            several.clone().prop_map(|parts| json!({ "allOf": parts })),
            several.prop_map(|items| json!({ "type": "array", "prefixItems": items })),
            inner
                .clone()
                .prop_map(|items| json!({ "type": "array", "items": items })),
            (
                proptest::collection::btree_map("[a-c]", inner, 0..3),
                any::<bool>()
            )
                .prop_map(|(properties, open)| {
                    let required: Vec<String> = properties.keys().take(1).cloned().collect();
                    json!({
                        "type": "object",
                        "properties": properties,
                        "required": required,
                        "additionalProperties": open,
                    })
                }),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_described_is_compared(old in schemas(), new in schemas()) {
        let (old, new) = (changed(ITEM, old), changed(ITEM, new));
        prop_assert_eq!(changes(&old, &old).unwrap(), []);
        for change in changes(&old, &new).unwrap() {
            prop_assert!(change.place.starts_with('/'), "{}", change);
        }
    }
}
