//! The OpenAPI document of an app that has something of everything.

mod shop;

use chalice::{__private::Collector, Application};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{Document, Schemas, Settings, changes, document};
use serde_json::{Value, json};
use verifiers::openapi_mistakes;

fn written(schemas: &Schemas) -> Document {
    let manifest = Manifest::from_json(shop::APP::manifest()).unwrap();
    let settings = Settings {
        version: "1.2.3".to_owned(),
        description: Some("Sells things.".to_owned()),
        api_gateway_stage: "v1".to_owned(),
    };
    document(&manifest, schemas, &settings).unwrap()
}

fn schemas() -> Schemas {
    serde_json::from_value(Collector::document::<shop::APP>()).unwrap()
}

fn shop() -> Value {
    serde_json::to_value(written(&schemas())).unwrap()
}

fn statuses(operation: &Value) -> Vec<&str> {
    let responses = operation["responses"].as_object().unwrap();
    responses.keys().map(String::as_str).collect()
}

#[test]
fn the_api_as_a_whole() {
    let document = shop();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(
        document["info"],
        json!({ "title": "shop", "version": "1.2.3", "description": "Sells things." })
    );
    assert_eq!(
        document["servers"][0]["variables"]["stage"]["default"],
        "v1"
    );
    assert_eq!(written(&schemas()).to_value(), document);
    let text = serde_json::to_string(&written(&schemas())).unwrap();
    assert!(text.starts_with(r#"{"openapi":"3.1.0","info":{"#), "{text}");
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        [
            "/",
            "/articles",
            "/articles/{id}",
            "/failure",
            "/files/{path}",
            "/hook",
            "/login",
            "/secret",
            "/shops/{shop}/stock",
            "/sizes/{size}/{name}",
        ]
    );
}

#[test]
fn operations_and_their_names() {
    let document = shop();
    let ids = |path: &str| -> Vec<(String, String)> {
        let item = document["paths"][path].as_object().unwrap();
        let ids = item.iter().map(|(method, operation)| {
            let id = operation["operationId"].as_str().unwrap();
            (method.clone(), id.to_owned())
        });
        ids.collect()
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = pairs.iter();
        owned
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    };
    assert_eq!(ids("/"), pairs(&[("get", "index")]));
    assert_eq!(ids("/shops/{shop}/stock"), pairs(&[("get", "stock_index")]));
    assert_eq!(
        ids("/articles"),
        pairs(&[
            ("get", "articles_get"),
            ("head", "articles_head"),
            ("post", "add")
        ])
    );
    // `ANY` is every other method, but preflight requests.
    assert_eq!(
        ids("/articles/{id}"),
        pairs(&[
            ("delete", "change_delete"),
            ("get", "article"),
            ("head", "change_head"),
            ("patch", "change_patch"),
            ("post", "change_post"),
            ("put", "change_put"),
        ])
    );
    let list = &document["paths"]["/articles"]["get"];
    assert_eq!(list["summary"], "Lists articles.");
    assert_eq!(list["description"], "The cheapest first.");
    assert_eq!(list["tags"], json!(["shop"]));
    assert_eq!(
        document["tags"],
        json!([{ "name": "shop" }, { "name": "shop.stock" }])
    );
}

#[test]
fn parameters() {
    let document = shop();
    assert_eq!(
        document["paths"]["/articles"]["get"]["parameters"],
        json!([
            { "name": "page", "in": "query", "required": false, "description": "From 0 on.",
              "schema": { "type": "integer", "format": "uint32", "minimum": 0, "default": 0 } },
            { "name": "shop", "in": "query", "required": true, "schema": { "type": "string" } },
            { "name": "size", "in": "query", "required": false, "description": "Only of that size.",
              "schema": { "$ref": "#/components/schemas/Size" } },
            { "name": "tag", "in": "query", "required": false,
              "schema": { "type": "array", "items": { "type": "string" }, "default": [] } },
        ])
    );
    assert_eq!(
        document["paths"]["/sizes/{size}/{name}"]["get"]["parameters"],
        json!([
            { "name": "size", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/Size" } },
            { "name": "name", "in": "path", "required": true, "schema": { "type": "string" } },
        ])
    );
    assert_eq!(
        document["paths"]["/files/{path}"]["get"]["parameters"],
        json!([{
            "name": "path", "in": "path", "required": true, "schema": { "type": "string" },
            "description": "The rest of the path, slashes included.",
        }])
    );
    // A placeholder that the handler does not take, and a query of any names.
    assert_eq!(
        document["paths"]["/shops/{shop}/stock"]["get"]["parameters"],
        json!([
            { "name": "shop", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "filter", "in": "query", "style": "form", "explode": true,
              "schema": { "type": "object", "additionalProperties": { "type": "string" } } },
        ])
    );
}

#[test]
fn request_bodies() {
    let document = shop();
    let body = |path: &str, method: &str| document["paths"][path][method]["requestBody"].clone();
    let article = json!({ "schema": { "$ref": "#/components/schemas/Article" } });
    for (path, method, expected) in [
        (
            "/articles",
            "post",
            json!({ "required": true, "content": { "application/json": article } }),
        ),
        (
            "/articles/{id}",
            "put",
            json!({ "required": false, "content": { "application/json": article } }),
        ),
        ("/articles/{id}", "head", Value::Null),
        ("/articles", "get", Value::Null),
        (
            "/files/{path}",
            "put",
            json!({ "required": false, "content": { "image/png": {} } }),
        ),
        (
            "/login",
            "post",
            json!({ "required": true, "content": {
                "application/x-www-form-urlencoded": { "schema": { "$ref": "#/components/schemas/Login" } },
            } }),
        ),
        (
            "/hook",
            "post",
            json!({ "required": false, "content": { "application/json": {}, "text/plain": {} } }),
        ),
        (
            "/secret",
            "put",
            json!({ "required": true, "content": { "application/json": {} } }),
        ),
    ] {
        assert_eq!(body(path, method), expected, "{method} {path}");
    }
}

#[test]
fn responses() {
    let document = shop();
    let operation = |path: &str, method: &str| &document["paths"][path][method];
    for (path, method, expected) in [
        ("/", "get", vec!["200", "500"]),
        ("/articles", "get", vec!["200", "400", "500"]),
        (
            "/articles",
            "post",
            vec!["2XX", "400", "401", "403", "415", "500", "default"],
        ),
        (
            "/articles/{id}",
            "get",
            vec!["200", "400", "401", "403", "404", "500"],
        ),
        ("/files/{path}", "get", vec!["200", "400", "403", "500"]),
        ("/files/{path}", "put", vec!["2XX", "400", "415", "500"]),
        (
            "/sizes/{size}/{name}",
            "get",
            vec!["200", "400", "401", "500"],
        ),
        ("/login", "post", vec!["3XX", "400", "415", "500"]),
    ] {
        assert_eq!(
            statuses(operation(path, method)),
            expected,
            "{method} {path}"
        );
    }
    let content = |path: &str, method: &str, status: &str| {
        operation(path, method)["responses"][status]["content"].clone()
    };
    let text = json!({ "schema": { "type": "string" } });
    assert_eq!(content("/", "get", "200"), json!({ "text/plain": text }));
    assert_eq!(
        content("/sizes/{size}/{name}", "get", "200"),
        json!({ "text/html": text })
    );
    assert_eq!(
        content("/articles/{id}", "put", "2XX"),
        json!({ "*/*": {} })
    );
    assert_eq!(content("/articles", "head", "200"), Value::Null);
    assert_eq!(
        content("/secret", "put", "200"),
        json!({ "application/json": {} })
    );
    let components = &document["components"];
    // The app's own type has its name.
    assert_eq!(
        components["schemas"]["ErrorResponse"]["properties"],
        json!({ "reason": { "type": "string" } })
    );
    assert_eq!(
        components["schemas"]["ErrorResponse2"]["required"],
        json!(["Code", "Message"])
    );
    assert_eq!(
        components["responses"]["NotFound"]["content"]["application/json"]["schema"],
        json!({ "$ref": "#/components/schemas/ErrorResponse2" })
    );
    // Of functions' types, and of those that nothing refers to, there are none.
    let schemas: Vec<&String> = components["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(
        schemas,
        [
            "Article",
            "ErrorResponse",
            "ErrorResponse2",
            "GatewayResponse",
            "Login",
            "Size"
        ]
    );
}

#[test]
fn security() {
    let document = shop();
    let needs = |path: &str, method: &str| document["paths"][path][method]["security"].clone();
    assert_eq!(needs("/", "get"), Value::Null);
    assert_eq!(
        needs("/articles", "post"),
        json!([{ "api_key": [], "token": [] }])
    );
    assert_eq!(
        needs("/articles/{id}", "get"),
        json!([{ "login": ["articles"] }])
    );
    assert_eq!(
        needs("/articles/{id}", "put"),
        json!([{ "key": [], "key_tenant": [] }])
    );
    assert_eq!(
        needs("/sizes/{size}/{name}", "get"),
        json!([{ "My_Pool": [] }])
    );
    let request = json!({
        "type": "request",
        "identitySource": "method.request.header.X-Key, method.request.querystring.tenant",
        "authorizerResultTtlInSeconds": 0,
    });
    let scheme = |place: &str, name: &str| {
        json!({
            "type": "apiKey", "in": place, "name": name, "description": "Who may order.",
            "x-amazon-apigateway-authtype": "custom", "x-amazon-apigateway-authorizer": request,
        })
    };
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["key"], scheme("header", "X-Key"));
    assert_eq!(schemes["key_tenant"], scheme("query", "tenant"));
    assert_eq!(
        schemes["token"],
        json!({
            "type": "apiKey", "in": "header", "name": "X-Token", "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": { "type": "token", "authorizerResultTtlInSeconds": 300 },
        })
    );
    assert_eq!(
        schemes["login"]["openIdConnectUrl"],
        "https://login.example.com/.well-known/openid-configuration"
    );
    assert_eq!(schemes["sigv4"]["x-amazon-apigateway-authtype"], "awsSigv4");
    assert_eq!(schemes["api_key"]["name"], "x-api-key");
}

#[test]
fn types_without_a_schema_are_told() {
    let notes = |schemas: &Schemas| -> Vec<String> {
        let document = written(schemas);
        document.notes().iter().map(ToString::to_string).collect()
    };
    let notes_of_secret = notes(&schemas());
    assert_eq!(notes_of_secret.len(), 2, "{notes_of_secret:?}");
    let [returns, takes] = ["returns `Json<Secret>`", "takes `secret: Json<Secret>`"];
    for (note, what) in notes_of_secret.iter().zip([returns, takes]) {
        assert!(
            note.starts_with("`openapi::shop::secret` (chalice-openapi/tests/openapi/shop.rs:"),
            "{note}"
        );
        assert!(note.contains(what), "{note}");
        assert!(
            note.ends_with("put `#[derive(JsonSchema)]` on the type inside"),
            "{note}"
        );
    }
    // Without any schema, each of the types is told once.
    assert_eq!(notes(&Schemas::default()).len(), 12);
}

#[test]
fn a_validator_takes_it_and_sees_mistakes() {
    let mut planted = shop();
    planted["paths"]["/articles/{id}"]["get"]["parameters"] = json!([]);
    planted["components"]["schemas"]["Article"]["type"] = json!("objekt");
    let without_schemas = serde_json::to_value(written(&Schemas::default())).unwrap();
    let mistakes = openapi_mistakes(&[shop(), without_schemas, planted]);
    let mistakes = mistakes.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(mistakes[0], [""; 0]);
    assert_eq!(mistakes[1], [""; 0]);
    for mistake in ["'id'", "objekt"] {
        assert!(
            mistakes[2].iter().any(|it| it.contains(mistake)),
            "{:?}",
            mistakes[2]
        );
    }
}

#[test]
fn nothing_changes_between_a_document_and_itself() {
    assert_eq!(changes(&shop(), &shop()).unwrap(), []);
}
