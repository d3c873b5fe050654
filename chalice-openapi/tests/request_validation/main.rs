//! What Amazon API Gateway checks of requests: models of bodies, and required parameters.

mod app;
mod models;

use chalice::{__private::Collector, Application};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{
    Placeholders, RequestValidation, Schemas, Swagger, SwaggerError, SwaggerSettings, swagger,
};
use serde_json::{Value, json};
use verifiers::openapi_mistakes;

pub(crate) fn manifest() -> Manifest {
    Manifest::from_json(app::APP::manifest()).unwrap()
}

fn schemas() -> Schemas {
    serde_json::from_value(Collector::document::<app::APP>()).unwrap()
}

pub(crate) fn settings(
    bodies: bool,
    parameters: bool,
    schemas: Option<Schemas>,
) -> SwaggerSettings {
    SwaggerSettings {
        request_validation: Some(RequestValidation {
            bodies,
            parameters,
            schemas,
        }),
        ..SwaggerSettings::default()
    }
}

fn written(bodies: bool, parameters: bool) -> Swagger {
    let settings = settings(bodies, parameters, Some(schemas()));
    swagger(&manifest(), &settings, &Placeholders).unwrap()
}

fn document(bodies: bool, parameters: bool) -> Value {
    serde_json::to_value(written(bodies, parameters)).unwrap()
}

/// The validator of each operation that has one.
fn validators(document: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(validator) = operation.get("x-amazon-apigateway-request-validator") {
                found.push((format!("{method} {path}"), validator.as_str().unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn expected<'a>(pairs: &[(&str, &'a str)]) -> Vec<(String, &'a str)> {
    let pairs = pairs.iter();
    pairs.map(|(at, name)| ((*at).to_owned(), *name)).collect()
}

#[test]
fn what_the_function_cannot_do_without_is_checked() {
    let all = document(true, true);
    let any = "x-amazon-apigateway-any-method /deliveries";
    assert_eq!(
        validators(&all),
        expected(&[
            ("get /orders", "parameters"),
            ("get /orders/{id}", "parameters"),
            ("patch /orders/{id}", "all"),
            ("post /orders", "body"),
            ("put /orders/{id}", "all"),
            (any, "body"),
        ])
    );
    assert_eq!(
        all["x-amazon-apigateway-request-validators"],
        json!({
            "all": { "validateRequestBody": true, "validateRequestParameters": true },
            "body": { "validateRequestBody": true, "validateRequestParameters": false },
            "parameters": { "validateRequestBody": false, "validateRequestParameters": true },
        })
    );
    let bodies = document(true, false);
    assert_eq!(
        validators(&bodies),
        expected(&[
            ("patch /orders/{id}", "body"),
            ("post /orders", "body"),
            ("put /orders/{id}", "body"),
            (any, "body"),
        ])
    );
    let parameters = document(false, true);
    assert_eq!(
        validators(&parameters),
        expected(&[
            ("get /orders", "parameters"),
            ("get /orders/{id}", "parameters"),
            ("patch /orders/{id}", "parameters"),
            ("put /orders/{id}", "parameters"),
        ])
    );
    assert_eq!(
        parameters["definitions"],
        json!({ "Empty": { "type": "object", "title": "Empty Schema" } })
    );
}

#[test]
fn parameters_of_operations() {
    let document = document(true, true);
    let id = json!({ "name": "id", "in": "path", "required": true, "type": "string" });
    let after = json!({ "name": "after", "in": "query", "required": true, "type": "string" });
    let page = json!({ "name": "page", "in": "query", "required": true, "type": "integer" });
    let body = |name: &str, model: &str| {
        json!({
            "name": name, "in": "body", "required": true,
            "schema": { "$ref": format!("#/definitions/{model}") },
        })
    };
    let sorted = |operation: &Value| {
        let mut parameters = operation["parameters"].as_array().unwrap().clone();
        parameters.sort_by_key(Value::to_string);
        parameters
    };
    for (path, method, mut parameters) in [
        ("/orders", "get", vec![after.clone(), page.clone()]),
        ("/orders", "post", vec![body("order", "Order")]),
        (
            "/orders/{id}",
            "put",
            vec![id, after, page, body("items", "ReplaceItemsBody")],
        ),
        (
            "/deliveries",
            "x-amazon-apigateway-any-method",
            vec![body("delivery", "Delivery")],
        ),
    ] {
        parameters.sort_by_key(Value::to_string);
        assert_eq!(sorted(&document["paths"][path][method]), parameters);
    }
    let consumes = |path: &str, method: &str| document["paths"][path][method]["consumes"].clone();
    assert_eq!(consumes("/orders", "post"), json!(["application/json"]));
    assert_eq!(
        consumes("/deliveries", "x-amazon-apigateway-any-method"),
        json!(["application/json", "application/vnd.shop+json"])
    );
}

#[test]
fn models_of_the_types_of_an_app() {
    let document = document(true, true);
    let item = json!({
        "type": "object",
        "required": ["id", "count", "size"],
        "properties": {
            "id": { "type": "integer", "minimum": 0 },
            "count": { "type": "integer", "minimum": 0, "maximum": 255 },
            "size": { "$ref": "#/definitions/Size" },
        },
    });
    assert_eq!(
        document["definitions"],
        json!({
            "Empty": { "type": "object", "title": "Empty Schema" },
            "Order": {
                "type": "object",
                "description": "An order.",
                "additionalProperties": false,
                "required": ["customer", "items", "labels", "prices"],
                "properties": {
                    "customer": { "type": "string", "description": "Of whom." },
                    "items": { "type": "array", "items": { "$ref": "#/definitions/Item" } },
                    // What may be `null` may be anything.
                    "note": {},
                    "delivery": {},
                    "part_of": {},
                    "express": { "type": "boolean" },
                    "labels": { "type": "array", "items": { "type": "string" } },
                    "prices": { "type": "object", "additionalProperties": { "type": "number" } },
                },
            },
            "Item": item,
            "Size": { "type": "string", "enum": ["large", "small"] },
            "Delivery": { "type": "object", "required": ["kind"] },
            "ReplaceItemsBody": { "type": "array", "items": { "$ref": "#/definitions/Item" } },
        })
    );
}

#[test]
fn a_type_without_a_schema_is_noted() {
    let notes: Vec<String> = written(true, true)
        .notes()
        .iter()
        .map(ToString::to_string)
        .collect();
    let [note] = &notes[..] else {
        panic!("{notes:?}");
    };
    assert!(note.contains("takes `secret: Json<Secret>`"), "{note}");
    assert_eq!(written(false, true).notes(), []);
}

#[test]
fn nothing_is_checked_unless_somebody_asks() {
    let plain = swagger(&manifest(), &SwaggerSettings::default(), &Placeholders).unwrap();
    let plain = serde_json::to_value(plain).unwrap();
    assert_eq!(plain, document(false, false));
    assert!(!plain.to_string().contains("request-validator"));
    let settings = settings(true, false, None);
    let error = swagger(&manifest(), &settings, &Placeholders).unwrap_err();
    assert_eq!(error, SwaggerError::NoSchemas);
}

#[test]
fn a_validator_takes_the_document() {
    let mut planted = document(true, true);
    planted["definitions"]["Order"]["properties"]["note"] = json!({ "anyOf": [] });
    planted["paths"]["/orders"]["get"]["parameters"][0]["type"] = json!("object");
    let documents = [document(true, true), document(true, false), planted];
    let mistakes = openapi_mistakes(&documents).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(mistakes[0], [""; 0]);
    assert_eq!(mistakes[1], [""; 0]);
    assert!(!mistakes[2].is_empty());
}
