//! Paths, methods, parameters, bodies, responses, security.

use chalice_openapi::{Impact, changes};
use serde_json::{Value, json};

use super::api::{CREATE, ITEM, LIST, api, at, breaks, changed, is_compatible};

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
