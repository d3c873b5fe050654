//! What differs between two JSON documents.

use std::fmt;

use serde_json::Value;

/// A place where two documents are not the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The place, as a JSON pointer (RFC 6901).
    pub path: String,
    /// What the first document has there, if anything.
    pub expected: Option<Value>,
    /// What the second one has there, if anything.
    pub found: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference {
            path,
            expected,
            found,
        } = self;
        match (expected, found) {
            (Some(expected), Some(found)) => write!(f, "{path}: {found} instead of {expected}"),
            (Some(expected), None) => write!(f, "{path}: missing, it is {expected}"),
            (None, found) => write!(
                f,
                "{path}: {} is too much",
                found.as_ref().unwrap_or(&Value::Null)
            ),
        }
    }
}

/// The places, each as deep as both documents have the same kind of value.
pub fn differences(expected: &Value, found: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    compare(Some(expected), Some(found), "", &mut differences);
    differences
}

fn compare(
    expected: Option<&Value>,
    found: Option<&Value>,
    path: &str,
    differences: &mut Vec<Difference>,
) {
    match (expected, found) {
        (Some(Value::Object(expected)), Some(Value::Object(found))) => {
            let new = found.keys().filter(|key| !expected.contains_key(*key));
            for key in expected.keys().chain(new) {
                let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
                compare(expected.get(key), found.get(key), &path, differences);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(found))) => {
            for index in 0..expected.len().max(found.len()) {
                let path = format!("{path}/{index}");
                compare(expected.get(index), found.get(index), &path, differences);
            }
        }
        (expected, found) if expected == found => {}
        (expected, found) => differences.push(Difference {
            path: path.to_owned(),
            expected: expected.cloned(),
            found: found.cloned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_difference_has_its_place() {
        let expected = json!({ "a/b": 1, "b": [1, { "c": 2 }], "d": {}, "same": [null] });
        let found = json!({ "a/b": "1", "b": [1, { "c": 3 }, 4], "e": {}, "same": [null] });
        let texts: Vec<String> = differences(&expected, &found)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            texts,
            [
                "/a~1b: \"1\" instead of 1",
                "/b/1/c: 3 instead of 2",
                "/b/2: 4 is too much",
                "/d: missing, it is {}",
                "/e: {} is too much",
            ]
        );
        assert_eq!(differences(&expected, &expected), []);
    }
}
