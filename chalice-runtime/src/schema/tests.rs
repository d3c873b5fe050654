use serde_json::json;

use super::Collector;
use crate::sample::App;

#[test]
fn every_handler_says_what_it_takes_and_returns() {
    let document = Collector::document::<App>();
    let user = json!({ "$ref": "#/definitions/User" });
    assert_eq!(
        document["handlers"]["sample::create"],
        json!({ "arguments": { "body": user }, "returns": user })
    );
    assert_eq!(
        document["handlers"]["sample::search"],
        json!({ "arguments": { "query": { "$ref": "#/definitions/Paging" } }, "returns": null })
    );
    assert_eq!(
        document["handlers"]["sample::user"],
        json!({
            "arguments": { "id": { "type": "integer", "format": "uint64", "minimum": 0 } },
            "returns": null,
        })
    );
    // A handler of a blueprint; neither its state nor its return type's wrappers have a schema.
    assert_eq!(
        document["handlers"]["sample::count"]["arguments"],
        json!({ "counter": null })
    );
    assert_eq!(
        document["handlers"]["sample::count"]["returns"],
        json!({ "anyOf": [user, { "type": "null" }] })
    );
    assert_eq!(
        document["handlers"]["sample::index"],
        json!({ "arguments": {}, "returns": null })
    );
    assert_eq!(document["handlers"].as_object().unwrap().len(), 15);
    assert_eq!(
        document["definitions"]["User"],
        json!({
            "type": "object",
            "properties": { "name": { "type": "string" } },
            "required": ["name"],
        })
    );
    assert!(document["definitions"]["Paging"]["properties"]["tag"].is_object());
}
