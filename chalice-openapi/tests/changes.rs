//! What breaks clients and what does not, one change at a time.

use chalice_openapi::{Impact, changes};
use proptest::prelude::*;
use serde_json::{Value, json};

fn api() -> Value {
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

const LIST: &str = "/paths/~1items/get";
const CREATE: &str = "/paths/~1items/post";
const ITEM: &str = "/components/schemas/Item";
const DRAFT: &str = "/components/schemas/Draft";

/// The API with another value at that place; without one, if the value is null.
fn changed(place: &str, value: Value) -> Value {
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

fn at(root: &str, rest: &str) -> String {
    format!("{root}{rest}")
}

/// The one change: its impact and its line.
#[track_caller]
fn the_change(new: &Value) -> (Impact, String) {
    let found = changes(&api(), new).unwrap();
    let [change] = &found[..] else {
        panic!("not one change: {found:#?}");
    };
    (change.impact, change.to_string())
}

#[track_caller]
fn breaks(place: &str, value: Value, line: &str) {
    assert_eq!(
        the_change(&changed(place, value)),
        (Impact::Breaking, format!("breaking: {line}"))
    );
}

#[track_caller]
fn is_compatible(place: &str, value: Value, line: &str) {
    assert_eq!(
        the_change(&changed(place, value)),
        (Impact::Compatible, format!("compatible: {line}"))
    );
}

#[test]
fn paths_and_methods() {
    breaks(
        "/paths/~1items",
        Value::Null,
        "/paths/~1items: the path is gone: every request for it is refused",
    );
    is_compatible(
        "/paths/~1new",
        json!({ "get": { "responses": {} } }),
        "/paths/~1new: a new path",
    );
    breaks(
        CREATE,
        Value::Null,
        "/paths/~1items/post: the path has no `POST` any more: such requests are refused",
    );
    is_compatible(
        "/paths/~1items/put",
        json!({ "responses": {} }),
        "/paths/~1items/put: the path has `PUT` now",
    );
    breaks(
        &at(LIST, "/operationId"),
        json!("list_items"),
        "/paths/~1items/get/operationId: `list` is `list_items` now: generated clients name their functions after it",
    );
}

#[test]
fn what_placeholders_are_called_is_not_in_requests() {
    let text = api().to_string();
    let new = text.replace("/items/{id}", "/items/{number}");
    let new = new.replace(
        r#""in":"path","name":"id""#,
        r#""in":"path","name":"number""#,
    );
    assert_ne!(text, new);
    assert_eq!(
        changes(&api(), &serde_json::from_str(&new).unwrap()).unwrap(),
        []
    );
}

#[test]
fn texts_for_people_are_not_compared() {
    let new = changed(&at(LIST, "/summary"), json!("Lists."));
    assert_eq!(changes(&api(), &new).unwrap(), []);
    let new = changed(&at(ITEM, "/description"), json!("An item."));
    assert_eq!(changes(&api(), &new).unwrap(), []);
    let new = changed("/info/version", json!("2"));
    assert_eq!(changes(&api(), &new).unwrap(), []);
}

#[test]
fn parameters() {
    let parameter = |required: bool| json!({ "name": "shop", "in": "query", "required": required });
    breaks(
        &at(LIST, "/parameters/0"),
        parameter(true),
        "/paths/~1items/get/parameters/shop: a new parameter (in: query) is required: requests without it are refused",
    );
    is_compatible(
        &at(LIST, "/parameters/0"),
        parameter(false),
        "/paths/~1items/get/parameters/shop: a new parameter (in: query)",
    );
    breaks(
        &at(LIST, "/parameters/0"),
        Value::Null,
        "/paths/~1items/get/parameters/page: the parameter (in: query) is gone: what clients ask for by it has no effect",
    );
    breaks(
        &at(LIST, "/parameters/0/required"),
        json!(true),
        "/paths/~1items/get/parameters/page/required: the parameter is required now: requests without it are refused",
    );
    breaks(
        &at(LIST, "/parameters/0/schema/format"),
        json!("uint8"),
        "/paths/~1items/get/parameters/page/schema/format: in requests, uint32 is uint8 now: some of what was taken is \
         refused",
    );
    is_compatible(
        &at(LIST, "/parameters/0/schema/format"),
        json!("uint64"),
        "/paths/~1items/get/parameters/page/schema/format: in requests, uint32 is uint64 now: more is taken",
    );
    // Names of headers have no case.
    let new = changed(&at(LIST, "/parameters/1/name"), json!("x-trace"));
    assert_eq!(changes(&api(), &new).unwrap(), []);
}

#[test]
fn request_bodies() {
    breaks(
        &at(CREATE, "/requestBody/required"),
        json!(true),
        "/paths/~1items/post/requestBody/required: the body is required now: requests without one are refused",
    );
    breaks(
        &at(CREATE, "/requestBody"),
        Value::Null,
        "/paths/~1items/post/requestBody: no body is read any more: what clients send in it has no effect",
    );
    is_compatible(
        &at(LIST, "/requestBody"),
        json!({ "content": {} }),
        "/paths/~1items/get/requestBody: a body may be sent now",
    );
    is_compatible(
        &at(CREATE, "/requestBody/content/text~1plain"),
        json!({}),
        "/paths/~1items/post/requestBody/content/text~1plain: bodies of the content type are taken now",
    );
    breaks(
        &at(CREATE, "/requestBody/content"),
        json!({}),
        "/paths/~1items/post/requestBody/content/application~1json: bodies of the content type are not taken any more: \
         they are a 415",
    );
}

#[test]
fn properties_of_requests() {
    breaks(
        &at(DRAFT, "/required"),
        json!(["title", "note"]),
        "/components/schemas/Draft/properties/note: in requests, the property is required now: requests without it are \
         refused",
    );
    is_compatible(
        &at(DRAFT, "/required"),
        json!([]),
        "/components/schemas/Draft/properties/title: in requests, the property may be left out now",
    );
    is_compatible(
        &at(DRAFT, "/properties/color"),
        json!({ "type": "string" }),
        "/components/schemas/Draft/properties/color: in requests, a new property, which may be left out",
    );
    is_compatible(
        &at(DRAFT, "/properties/note"),
        Value::Null,
        "/components/schemas/Draft/properties/note: in requests, the property is gone: it is passed over",
    );
    breaks(
        &at(DRAFT, "/additionalProperties"),
        json!(false),
        "/components/schemas/Draft/additionalProperties: in requests, properties that are not listed are refused now",
    );
    breaks(
        &at(DRAFT, "/properties/note/type"),
        json!("integer"),
        "/components/schemas/Draft/properties/note/type: in requests, string is integer now: what was taken may be refused",
    );
    is_compatible(
        &at(DRAFT, "/properties/note/type"),
        json!(["string", "null"]),
        "/components/schemas/Draft/properties/note/type: in requests, string is null or string now: more is taken",
    );
    breaks(
        &at(DRAFT, "/properties/size/enum"),
        json!(["small"]),
        "/components/schemas/Draft/properties/size/enum: in requests, the value may be \"large\" no longer: some of what \
         was taken is refused",
    );
    breaks(
        &at(DRAFT, "/properties/title/maxLength"),
        json!(50),
        "/components/schemas/Draft/properties/title/maxLength: in requests, `maxLength` is 50 now and was 100: some of \
         what was taken is refused",
    );
    is_compatible(
        &at(DRAFT, "/properties/title/maxLength"),
        Value::Null,
        "/components/schemas/Draft/properties/title/maxLength: in requests, `maxLength` is not 100 any more: more is taken",
    );
    breaks(
        &at(DRAFT, "/properties/title/pattern"),
        json!("^a"),
        "/components/schemas/Draft/properties/title/pattern: in requests, `pattern` is \"^a\" now: some of what was taken \
         is refused",
    );
}

#[test]
fn properties_of_responses() {
    breaks(
        &at(ITEM, "/properties/note"),
        Value::Null,
        "/components/schemas/Item/properties/note: in responses, the property does not come any more",
    );
    is_compatible(
        &at(ITEM, "/properties/color"),
        json!({ "type": "string" }),
        "/components/schemas/Item/properties/color: in responses, a new property",
    );
    breaks(
        &at(ITEM, "/required"),
        json!(["id"]),
        "/components/schemas/Item/properties/title: in responses, the property does not always come any more",
    );
    is_compatible(
        &at(ITEM, "/required"),
        json!(["id", "title", "note"]),
        "/components/schemas/Item/properties/note: in responses, the property always comes now",
    );
    breaks(
        &at(ITEM, "/properties/id"),
        json!({ "type": "string" }),
        "/components/schemas/Item/properties/id/type: in responses, integer is string now: clients get what they do not know",
    );
}

#[test]
fn values_of_responses() {
    breaks(
        &at(ITEM, "/properties/size/enum"),
        json!(["small", "large", "huge"]),
        "/components/schemas/Item/properties/size/enum: in responses, the value may be \"huge\" now: clients get what \
         they do not know",
    );
    is_compatible(
        &at(ITEM, "/properties/size/enum"),
        json!(["small"]),
        "/components/schemas/Item/properties/size/enum: in responses, the value may be \"large\" no longer: less of it comes",
    );
    is_compatible(
        &at(ITEM, "/properties/note/type"),
        json!("string"),
        "/components/schemas/Item/properties/note/type: in responses, null or string is string now: less of it comes",
    );
    is_compatible(
        &at(ITEM, "/properties/parent"),
        json!({ "$ref": ITEM.replacen('/', "#/", 1) }),
        "/components/schemas/Item/properties/parent/anyOf: in responses, the alternative `{\"type\":\"null\"}` is gone: \
         less of it comes",
    );
    breaks(
        &at(ITEM, "/properties/parent/anyOf/0"),
        json!({ "type": "string" }),
        "/components/schemas/Item/properties/parent/anyOf: in responses, the alternative `{\"type\":\"string\"}` is new: \
         clients get what they do not know",
    );
}

#[test]
fn responses() {
    breaks(
        &at(LIST, "/responses/200/headers"),
        Value::Null,
        "/paths/~1items/get/responses/200/headers/X-Total: the header does not come any more",
    );
    is_compatible(
        &at(LIST, "/responses/404"),
        Value::Null,
        "/paths/~1items/get/responses/404: the response does not come any more",
    );
    is_compatible(
        &at(LIST, "/responses/429"),
        json!({ "description": "Too many" }),
        "/paths/~1items/get/responses/429: a failure that is documented now",
    );
    breaks(
        &at(LIST, "/responses/204"),
        json!({ "description": "None" }),
        "/paths/~1items/get/responses/204: success may have this status now, which clients do not know",
    );
    breaks(
        &at(LIST, "/responses/200"),
        Value::Null,
        "/paths/~1items/get/responses/200: the response does not come any more, and clients wait for it",
    );
    breaks(
        &at(LIST, "/responses/200/content/text~1csv"),
        json!({}),
        "/paths/~1items/get/responses/200/content/text~1csv: answers may be of this content type now, which clients do \
         not know",
    );
    // What was anything is JSON now.
    let content = at(CREATE, "/responses/2XX/content");
    let old = changed(&content, json!({ "*/*": {} }));
    let found = changes(&old, &api()).unwrap();
    assert!(
        found.iter().all(|it| it.impact == Impact::Compatible),
        "{found:?}"
    );
    assert_eq!(changes(&api(), &old).unwrap()[0].impact, Impact::Breaking);
    // One status of what was a range.
    let success = api()["paths"]["/items"]["post"]["responses"]["2XX"].clone();
    let new = changed(&at(CREATE, "/responses"), json!({ "201": success }));
    assert_eq!(changes(&api(), &new).unwrap(), []);
    let new = changed(
        &at(CREATE, "/responses"),
        json!({ "201": { "description": "Created" } }),
    );
    assert!(changes(&api(), &new).unwrap()[0].impact == Impact::Breaking);
}

#[test]
fn security() {
    let place = at(LIST, "/security");
    breaks(
        &place,
        json!([{ "pool": ["read"], "key": [] }]),
        "/paths/~1items/get/security: requests with the header `Authorization` with one of the scopes `read` passed; the \
         header `Authorization` with one of the scopes `read` and the header `x-api-key` is needed now, and they are refused",
    );
    breaks(
        &place,
        json!([{ "pool": ["write"] }]),
        "/paths/~1items/get/security: requests with the header `Authorization` with one of the scopes `read` passed; the \
         header `Authorization` with one of the scopes `write` is needed now, and they are refused",
    );
    breaks(
        &at(CREATE, "/security"),
        json!([{ "key": [] }]),
        "/paths/~1items/post/security: requests with nothing passed; the header `x-api-key` is needed now, and they are \
         refused",
    );
    for less in [
        json!([{ "pool": ["read", "admin"] }]),
        json!([{ "pool": [] }]),
        json!([]),
    ] {
        is_compatible(
            &place,
            less,
            "/paths/~1items/get/security: requests need less to pass, or pass in more ways",
        );
    }
    // What a scheme is called is not in requests.
    let text = api().to_string().replace("\"pool\"", "\"users\"");
    assert_eq!(
        changes(&api(), &serde_json::from_str(&text).unwrap()).unwrap(),
        []
    );
}

#[test]
fn a_type_both_ways_is_told_for_each() {
    let both = |api: Value| {
        let text = api.to_string();
        serde_json::from_str::<Value>(&text.replace("schemas/Draft", "schemas/Item")).unwrap()
    };
    let new = both(changed(
        &at(ITEM, "/properties/size/enum"),
        json!(["small"]),
    ));
    let found = changes(&both(api()), &new).unwrap();
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "breaking: /components/schemas/Item/properties/size/enum: in requests, the value may be \"large\" no longer: \
             some of what was taken is refused",
            "compatible: /components/schemas/Item/properties/size/enum: in responses, the value may be \"large\" no longer: \
             less of it comes",
        ]
    );
}

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
