//! JSON read twice: as a value, and for what makes readers disagree about it.

use std::{collections::BTreeSet, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Whether an object somewhere in the JSON has two members of one name. Readers
/// differ in which of them they see, so that nothing can be said about such JSON.
pub fn has_duplicates(json: &str) -> bool {
    serde_json::from_str::<Duplicates>(json).is_ok_and(|Duplicates(found)| found)
}

struct Duplicates(bool);

impl<'de> Deserialize<'de> for Duplicates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Search)
    }
}

struct Search;

impl<'de> Visitor<'de> for Search {
    type Value = Duplicates;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_str<E>(self, _: &str) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_unit<E>(self) -> Result<Duplicates, E> {
        Ok(Duplicates(false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Duplicates, A::Error> {
        let mut found = false;
        while let Some(Duplicates(inside)) = list.next_element()? {
            found |= inside;
        }
        Ok(Duplicates(found))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Duplicates, A::Error> {
        let mut found = false;
        let mut names = BTreeSet::new();
        while let Some((name, Duplicates(inside))) = map.next_entry::<String, Duplicates>()? {
            found |= inside | !names.insert(name);
        }
        Ok(Duplicates(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_are_found_wherever_they_are() {
        for (json, expected) in [
            (r#"{"a": {"b": 1}, "b": [1.5, -1, true, null, "a"]}"#, false),
            (r#"{"a": 1, "a": 1}"#, true),
            (r#"[{"b": {"a": 1, "\u0061": 2}}]"#, true),
            ("not JSON", false),
        ] {
            assert_eq!(has_duplicates(json), expected, "{json}");
        }
    }
}
