//! An API, and what becomes of it by one change.

use chalice_openapi::{Impact, changes};
use serde_json::{Value, json};

pub(crate) fn api() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "shop", "version": "1" },
        "paths": {
            "/items": {
                "get": {
                    "operationId": "list",
                    "parameters": [
                        { "name": "page", "in": "query", "schema": { "type": "integer", "format": "uint32", "minimum": 0 } },
                        { "name": "X-Trace", "in": "header", "schema": { "type": "string" } },
                    ],
                    "responses": {
                        "200": {
                            "description": "OK",
                            "headers": { "X-Total": { "schema": { "type": "integer" } } },
                            "content": { "application/json": { "schema": {
                                "type": "array", "items": { "$ref": "#/components/schemas/Item" },
                            } } },
                        },
                        "404": { "$ref": "#/components/responses/NotFound" },
                    },
                    "security": [{ "pool": ["read"] }],
                },
                "post": {
                    "operationId": "create",
                    "requestBody": {
                        "required": false,
                        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Draft" } } },
                    },
                    "responses": { "2XX": { "description": "Success", "content": {
                        "application/json": { "schema": { "$ref": "#/components/schemas/Item" } },
                    } } },
                },
            },
            "/items/{id}": {
                "get": {
                    "operationId": "show",
                    "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } }],
                    "responses": { "200": { "description": "OK" } },
                },
            },
        },
        "components": {
            "schemas": {
                "Item": {
                    "type": "object",
                    "properties": {
                        "id": { "type": "integer", "format": "uint64", "minimum": 0 },
                        "title": { "type": "string", "maxLength": 100 },
                        "size": { "enum": ["small", "large"] },
                        "parent": { "anyOf": [{ "$ref": "#/components/schemas/Item" }, { "type": "null" }] },
                        "note": { "type": ["string", "null"] },
                    },
                    "required": ["id", "title"],
                },
                "Draft": {
                    "type": "object",
                    "properties": {
                        "title": { "type": "string", "maxLength": 100 },
                        "size": { "enum": ["small", "large"] },
                        "note": { "type": "string" },
                    },
                    "required": ["title"],
                },
            },
            "responses": { "NotFound": { "description": "Not Found" } },
            "securitySchemes": {
                "pool": { "type": "apiKey", "in": "header", "name": "Authorization" },
                "key": { "type": "apiKey", "in": "header", "name": "x-api-key" },
            },
        },
    })
}

pub(crate) const LIST: &str = "/paths/~1items/get";
pub(crate) const CREATE: &str = "/paths/~1items/post";
pub(crate) const ITEM: &str = "/components/schemas/Item";
pub(crate) const DRAFT: &str = "/components/schemas/Draft";

/// The API with another value at that place; without one, if the value is null.
pub(crate) fn changed(place: &str, value: Value) -> Value {
    let mut api = api();
    let (parent, name) = place.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/");
    match api.pointer_mut(parent) {
        Some(Value::Object(members)) => match value {
            Value::Null => assert!(members.remove(&name).is_some(), "{place} is not there"),
            value => {
                members.insert(name, value);
            }
        },
        Some(Value::Array(elements)) => match value {
            Value::Null => {
                elements.remove(name.parse().unwrap());
            }
            value => elements.insert(name.parse().unwrap(), value),
        },
        other => panic!("{parent} is {other:?}"),
    }
    api
}

pub(crate) fn at(root: &str, rest: &str) -> String {
    format!("{root}{rest}")
}

/// The one change: its impact and its line.
#[track_caller]
pub(crate) fn the_change(new: &Value) -> (Impact, String) {
    let found = changes(&api(), new).unwrap();
    let [change] = &found[..] else {
        panic!("not one change: {found:#?}");
    };
    (change.impact, change.to_string())
}

#[track_caller]
pub(crate) fn breaks(place: &str, value: Value, line: &str) {
    assert_eq!(
        the_change(&changed(place, value)),
        (Impact::Breaking, format!("breaking: {line}"))
    );
}

#[track_caller]
pub(crate) fn is_compatible(place: &str, value: Value, line: &str) {
    assert_eq!(
        the_change(&changed(place, value)),
        (Impact::Compatible, format!("compatible: {line}"))
    );
}
