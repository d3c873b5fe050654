//! Hashes of settings.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The hash of what a resource is deployed with: 64 hexadecimal digits (SHA-256). The order of an object's members
/// makes no difference.
///
/// ```
/// use chalice_deploy::settings_hash;
/// use serde_json::json;
///
/// let hash = settings_hash(&json!({ "timeout": 60, "memory": 128 }));
/// assert_eq!(hash, settings_hash(&json!({ "memory": 128, "timeout": 60 })));
/// assert_ne!(hash, settings_hash(&json!({ "memory": 256, "timeout": 60 })));
/// ```
pub fn settings_hash(settings: &Value) -> String {
    let mut text = String::new();
    write(settings, &mut text);
    hex(&Sha256::digest(text))
}

/// JSON with sorted members: whether `serde_json` sorts them depends on a feature that any crate may switch on.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            text.push('{');
            for (key, value) in sorted {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for element in elements {
                write(element, text);
                text.push(',');
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A text takes whatever is written into it.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_order_of_members_makes_no_difference() {
        let hash = settings_hash(&json!({ "a": { "x": 1, "y": [1, 2] }, "b": null }));
        assert_eq!(
            hash,
            settings_hash(&json!({ "b": null, "a": { "y": [1, 2], "x": 1 } }))
        );
        for other in [
            json!({ "a": { "x": 1, "y": [2, 1] }, "b": null }),
            json!({ "a": { "x": "1", "y": [1, 2] }, "b": null }),
            json!({ "a": { "x": 1, "y": [1, 2] } }),
            json!([{ "a": { "x": 1, "y": [1, 2] }, "b": null }]),
        ] {
            assert_ne!(hash, settings_hash(&other), "{other}");
        }
        assert_eq!(hash.len(), 64);
    }

    #[test]
    fn it_is_the_same_in_every_version() {
        // Another hash would deploy everything again.
        assert_eq!(
            settings_hash(&json!({})),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }
}
