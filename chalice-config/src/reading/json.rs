//! JSON in which no key stands twice.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::KeyPath;
use crate::{Problem, Refusal};

/// Reads a text of JSON. Of a key that stands in an object twice, the last value counts, as for all
/// parsers that do not refuse it; here, it is a problem, since one of the two has no effect.
pub(crate) fn parse(text: &str, problems: &mut Vec<Problem>) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let path = KeyPath::default();
    let value = Reader { path, problems }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Reads the value at a path.
struct Reader<'p> {
    path: KeyPath,
    problems: &'p mut Vec<Problem>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let reader = Reader {
                path: self.path.index(list.len()),
                problems: &mut *self.problems,
            };
            match elements.next_element_seed(reader)? {
                Some(element) => list.push(element),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let path = self.path.key(&key);
            if object.contains_key(&key) {
                self.problems.push(Problem {
                    key: path.to_string(),
                    value: "there twice".to_owned(),
                    refusal: Refusal::new(
                        "of a key that stands in an object more than once, the last value alone counts",
                        "keep one of them",
                    ),
                });
            }
            let reader = Reader {
                path,
                problems: &mut *self.problems,
            };
            let value = members.next_value_seed(reader)?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_that_stand_twice_are_told() {
        let mut problems = Vec::new();
        let text = r#"{ "a": [{ "b": 1, "b.c": { "d": 2, "d": 3 }, "b": 4 }], "e": {} }"#;
        let value = parse(text, &mut problems).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
        let keys: Vec<&str> = problems
            .iter()
            .map(|problem| problem.key.as_str())
            .collect();
        assert_eq!(keys, [r#"a[0]."b.c".d"#, "a[0].b"]);
        assert!(parse("{} {}", &mut problems).is_err());
    }

    proptest! {
        #[test]
        fn all_else_is_as_serde_json_reads_it(
            text in "\\PC{0,40}|(\\{|\\}|\\[|\\]|\"a\":|\"b\"|,|-?[0-9]{1,25}|1e[0-9]{1,3}|0\\.5|true|null| ){0,14}"
        ) {
            let mut problems = Vec::new();
            let read = parse(&text, &mut problems).map_err(|error| error.to_string());
            let expected = serde_json::from_str::<Value>(&text).map_err(|error| error.to_string());
            prop_assert_eq!(read, expected);
        }
    }
}
