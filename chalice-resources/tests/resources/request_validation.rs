//! An API that checks requests.

use chalice::{Application, prelude::*};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{Placeholders, Schemas, SwaggerError};
use chalice_resources::{Api, Inputs, Resources, RestApi, resources};
use serde_json::json;

use super::stage;

#[route("/orders", methods = [POST], cors)]
fn order(order: Json<Value>) {
    let _ = order;
}

#[app]
static APP: App = App {
    name: "shop",
    handlers: [order],
};

const ON: &str = r#", "request_validation": "body""#;

fn manifest() -> Manifest {
    Manifest::from_json(APP::manifest()).unwrap()
}

fn with_schema(schema: Value) -> Resources {
    let source = &manifest().routes[0].source;
    let handler = format!("{}::{}", source.module, source.item);
    let schemas: Schemas = serde_json::from_value(json!({
        "handlers": { handler: { "arguments": { "order": schema }, "returns": null } },
        "definitions": {},
    }))
    .unwrap();
    Inputs::new(&manifest(), &stage(ON))
        .with_schemas(Some(&schemas))
        .resources()
        .unwrap()
}

fn rest_api(resources: &Resources) -> &RestApi {
    match &resources.api {
        Some(Api::Rest(api)) => api,
        api => panic!("{api:?}"),
    }
}

#[test]
fn it_has_a_definition_by_the_schemas_alone() {
    let unknown = resources(&manifest(), &stage(ON)).unwrap();
    let error = rest_api(&unknown).definition(&Placeholders).unwrap_err();
    assert_eq!(error, SwaggerError::NoSchemas);
    assert_eq!(unknown.notices(), []);

    let known = with_schema(json!({ "type": "object", "required": ["id"] }));
    let definition = rest_api(&known).definition(&Placeholders).unwrap();
    let definition = serde_json::to_value(definition).unwrap();
    assert_eq!(
        definition["definitions"]["OrderBody"],
        json!({ "type": "object", "required": ["id"] })
    );
    assert_eq!(known.notices(), []);
}

#[test]
fn it_refuses_as_the_function_does() {
    let known = with_schema(json!({ "type": "object" }));
    let headers = json!({ "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" });
    let bad_request = json!({
        "statusCode": 400,
        "responseTemplates": {
            "application/json": "{\"Code\":\"BadRequestError\",\"Message\":$context.error.messageString}",
        },
        "responseParameters": headers,
    });
    let default = json!({ "responseParameters": headers });
    assert_eq!(
        rest_api(&known).gateway_responses(),
        Some(json!({
            "DEFAULT_4XX": default,
            "DEFAULT_5XX": default,
            "BAD_REQUEST_BODY": bad_request,
            "BAD_REQUEST_PARAMETERS": bad_request,
        }))
    );
}

#[test]
fn what_it_cannot_check_is_told() {
    let notices = with_schema(Value::Null).notices();
    let [notice] = &notices[..] else {
        panic!("{notices:?}");
    };
    let text = notice.to_string();
    assert!(text.starts_with("`request_validation`: `"), "{text}");
    assert!(text.contains("takes `order: Json<Value>`"), "{text}");
}
