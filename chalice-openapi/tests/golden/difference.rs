//! What differs between two JSON documents.

use std::collections::BTreeSet;

use serde_json::Value;

/// The places, as JSON pointers, of values that are not the same, or are in one document only.
pub(crate) fn differences(expected: &Value, found: &Value) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    compare(expected, found, "", &mut places);
    places
}

fn compare(expected: &Value, found: &Value, place: &str, places: &mut BTreeSet<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for name in expected.keys().chain(found.keys()) {
                let place = format!("{place}/{}", name.replace('/', "~1"));
                match (expected.get(name), found.get(name)) {
                    (Some(expected), Some(found)) => compare(expected, found, &place, places),
                    _ => {
                        places.insert(place);
                    }
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (number, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(expected, found, &format!("{place}/{number}"), places);
            }
        }
        _ if expected == found => {}
        _ => {
            places.insert(place.to_owned());
        }
    }
}
