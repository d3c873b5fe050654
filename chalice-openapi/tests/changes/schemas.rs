//! Schemas in requests and in responses.

use chalice_openapi::changes;
use serde_json::{Value, json};

use super::api::{DRAFT, ITEM, api, at, breaks, changed, is_compatible};

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
