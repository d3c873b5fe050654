//! Equality of JSON values.

use serde_json::{Number, Value};

/// Whether two values say the same: `1`, `1.0` and `10e-1` do (RFC 8259, 6),
/// and members have no order.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => numbers_equal(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right)))
        }
        _ => left == right,
    }
}

fn numbers_equal(left: &Number, right: &Number) -> bool {
    if left.is_f64() || right.is_f64() {
        return left.as_f64() == right.as_f64();
    }
    left == right
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_equal_by_value() {
        assert!(equal(&json!([1, { "a": -0.0 }]), &json!([1.0, { "a": 0 }])));
        assert!(!equal(&json!(1), &json!(1.5)));
        assert!(!equal(&json!(u64::MAX), &json!(u64::MAX - 1)));
        assert!(!equal(&json!("1"), &json!(1)));
        assert!(!equal(&json!({ "a": 1 }), &json!({ "a": 1, "b": null })));
        assert!(!equal(&json!([1]), &json!([1, 2])));
    }
}
