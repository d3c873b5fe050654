//! An API that checks requests.

use chalice::{Application, prelude::*};
use chalice_config::{Config, PATH};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;
use serde_json::json;

use crate::{mistakes, terraform};

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

fn template() -> Value {
    let config = Config::parse(PATH.as_ref(), CONFIGURATION).unwrap();
    let stage = config.stage("dev").unwrap();
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    let source = &manifest.routes[0].source;
    let handler = format!("{}::{}", source.module, source.item);
    let schemas: Schemas = serde_json::from_value(json!({
        "handlers": { handler: { "returns": null, "arguments": {
            "order": { "$ref": "#/definitions/Order" },
            "paging": { "type": "object", "required": ["page"], "properties": { "page": { "type": "integer" } } },
        } } },
        "definitions": {
            "Order": {
                "type": "object",
                "properties": { "id": { "type": "integer", "description": "Costs ${price}" } },
            },
        },
    }))
    .unwrap();
    let inputs = chalice_resources::Inputs::new(&manifest, &stage).with_schemas(Some(&schemas));
    chalice_terraform::template(&inputs.resources().unwrap()).unwrap()
}

#[test]
fn the_definition_has_models_and_validators() {
    let template = template();
    let definition = template["locals"]["chalice_api_swagger"].as_str().unwrap();
    let definition: Value = serde_json::from_str(definition).unwrap();
    assert_eq!(
        definition["definitions"]["Order"]["properties"]["id"],
        json!({ "type": "integer", "description": "Costs $${price}" })
    );
    let operation = &definition["paths"]["/orders"]["post"];
    assert_eq!(operation["x-amazon-apigateway-request-validator"], "all");
    let body = &operation["parameters"][1];
    assert_eq!(body["schema"], json!({ "$ref": "#/definitions/Order" }));
    assert!(definition["x-amazon-apigateway-request-validators"]["all"].is_object());
}

#[test]
fn it_is_accepted() {
    let template = template();
    assert_eq!(mistakes(&template), [""; 0]);
    if let Some(terraform) = terraform::find() {
        let templates = [("request-validation".to_owned(), template)];
        assert_eq!(terraform.diagnostics(&templates), [""; 0]);
    }
}
