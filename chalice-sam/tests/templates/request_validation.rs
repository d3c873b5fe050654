//! An API that checks requests.

use chalice::{Application, prelude::*};
use chalice_config::{Config, PATH};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;
use chalice_sam::SamError;
use serde_json::json;

#[route("/orders", methods = [POST], cors)]
fn order(order: Json<Value>, paging: Query<Value>) {
    let _ = (order, paging);
}

#[app]
static APP: App = App {
    name: "checked",
    handlers: [order],
};

const CONFIGURATION: &str = r#"{
    "version": "2.0", "app_name": "checked",
    "stages": { "dev": { "request_validation": "all" } }
}"#;

fn written(schemas: Option<&Schemas>) -> Result<Value, SamError> {
    let config = Config::parse(PATH.as_ref(), CONFIGURATION).unwrap();
    let stage = config.stage("dev").unwrap();
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    let inputs = chalice_resources::Inputs::new(&manifest, &stage).with_schemas(schemas);
    chalice_sam::template(&inputs.resources().unwrap()).map(Value::from)
}

/// The template of the stage `dev`.
pub(crate) fn template() -> Value {
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    let source = &manifest.routes[0].source;
    let handler = format!("{}::{}", source.module, source.item);
    let schemas = json!({
        "handlers": { handler: { "returns": null, "arguments": {
            "order": { "$ref": "#/definitions/Order" },
            "paging": { "type": "object", "required": ["page"], "properties": { "page": { "type": "integer" } } },
        } } },
        "definitions": {
            "Order": {
                "type": "object", "required": ["id"],
                "properties": {
                    "id": { "type": "integer", "description": "Costs ${price}" },
                    "items": { "type": "array", "items": { "$ref": "#/definitions/Item" } },
                },
            },
            "Item": { "type": "string", "minLength": 1 },
        },
    });
    written(Some(&serde_json::from_value(schemas).unwrap())).unwrap()
}

#[test]
fn the_definition_has_models_and_validators() {
    let template = template();
    let definition = &template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"];
    assert_eq!(
        definition["definitions"]["Order"]["properties"]["items"],
        json!({ "type": "array", "items": { "$ref": "#/definitions/Item" } })
    );
    assert_eq!(
        definition["x-amazon-apigateway-request-validators"],
        json!({ "all": { "validateRequestBody": true, "validateRequestParameters": true } })
    );
    let operation = &definition["paths"]["/orders"]["post"];
    assert_eq!(operation["x-amazon-apigateway-request-validator"], "all");
    assert_eq!(
        operation["parameters"],
        json!([
            { "name": "page", "in": "query", "required": true, "type": "integer" },
            { "name": "order", "in": "body", "required": true, "schema": { "$ref": "#/definitions/Order" } },
        ])
    );
    let refusal = &definition["x-amazon-apigateway-gateway-responses"]["BAD_REQUEST_BODY"];
    assert_eq!(refusal["statusCode"], 400);
}

#[test]
fn there_is_no_template_without_the_schemas() {
    let error = written(None).unwrap_err().to_string();
    assert!(error.contains("`request_validation`"), "{error}");
}
