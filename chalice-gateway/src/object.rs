//! A JSON object whose members keep the order in which they came.

use serde::{Serialize, Serializer};

/// Names and values in the order of the first appearance of each name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object<V>(Vec<(String, V)>);

impl Object<Vec<String>> {
    /// Collects all the values of each name.
    pub(crate) fn grouped(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut members: Vec<(String, Vec<String>)> = Vec::new();
        // Requests may hold thousands of pairs: an index keeps this linear.
        let mut positions = std::collections::HashMap::<String, usize>::new();
        for (name, value) in pairs {
            match positions.get(&name) {
                Some(&position) => members[position].1.push(value),
                None => {
                    positions.insert(name.clone(), members.len());
                    members.push((name, vec![value]));
                }
            }
        }
        Object(members)
    }

    /// The last value of each name, as API Gateway fills its single-value maps.
    pub(crate) fn last_values(&self) -> Object<&str> {
        Object(
            self.0
                .iter()
                .filter_map(|(name, values)| Some((name.clone(), values.last()?.as_str())))
                .collect(),
        )
    }

    /// The object, unless it has no member.
    pub(crate) fn non_empty(self) -> Option<Self> {
        (!self.0.is_empty()).then_some(self)
    }
}

impl<V: Serialize> Serialize for Object<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Object<Vec<String>> {
        Object::grouped(
            pairs
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string())),
        )
    }

    #[test]
    fn groups_in_order_of_appearance() {
        let object = pairs(&[("b", "1"), ("a", "2"), ("b", "3")]);
        assert_eq!(
            serde_json::to_string(&object).unwrap(),
            r#"{"b":["1","3"],"a":["2"]}"#
        );
        assert_eq!(
            serde_json::to_string(&object.last_values()).unwrap(),
            r#"{"b":"3","a":"2"}"#
        );
    }

    #[test]
    fn nothing_is_none() {
        assert_eq!(pairs(&[]).non_empty(), None);
    }
}
