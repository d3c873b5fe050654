//! `tags`: what bills and policies know resources by.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting},
};

/// How many tags a resource can have: AWS takes 50, one of which is `aws-chalice`.
pub(crate) const MAX_TAGS: usize = 49;
const MAX_KEY: usize = 128;
const MAX_VALUE: usize = 256;

/// The tag that says which app and stage a resource belongs to.
const OWN: &str = "aws-chalice";

/// Tags by their keys: at most 49 with keys of 1 to 128 and values of up to 256 characters,
/// beside the tag `aws-chalice`, which every resource has (AWS, "Tagging your AWS resources").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(BTreeMap<String, String>);

impl Tags {
    /// The tags by their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Setting for Tags {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<Tags> {
        let section = given.section(problems)?;
        let mut tags = BTreeMap::new();
        for (key, given) in section.all() {
            match check(key, given.value) {
                Ok(value) => {
                    tags.insert(key.to_owned(), value.to_owned());
                }
                Err(refusal) => given.refuse(refusal, problems),
            }
        }
        if tags.len() > MAX_TAGS {
            given.refuse(too_many(tags.len()), problems);
            return None;
        }
        Some(Tags(tags))
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "propertyNames": {
                "minLength": 1,
                "maxLength": MAX_KEY,
                "pattern": r"^(?!aws-chalice$)(?![aA][wW][sS]:)[\p{Alphabetic}\p{N} _.:/=+@-]+$",
            },
            "additionalProperties": {
                "type": "string",
                "maxLength": MAX_VALUE,
                "pattern": r"^[\p{Alphabetic}\p{N} _.:/=+@-]*$|\$\{(?:stage|app)\}",
            },
            "maxProperties": MAX_TAGS,
        })
    }

    fn within(self, outer: Tags) -> Tags {
        let mut tags = outer;
        tags.0.extend(self.0);
        tags
    }
}

pub(crate) fn too_many(tags: usize) -> Refusal {
    Refusal::new(
        format!(
            "{tags} tags are more than the 50 that AWS takes, one of which is the framework's own, `{OWN}`"
        ),
        "leave some of them out",
    )
}

fn check<'a>(key: &str, value: &'a Value) -> Result<&'a str, Refusal> {
    if key == OWN {
        return Err(Refusal::new(
            "that tag is the framework's own, and says which app and stage a resource belongs to",
            "choose another key",
        ));
    }
    if key
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
    {
        return Err(Refusal::new(
            "AWS keeps keys that begin with `aws:` for itself",
            "choose another key",
        ));
    }
    let is_key = (1..=MAX_KEY).contains(&key.chars().count()) && key.chars().all(is_taken);
    if !is_key {
        return Err(Refusal::new(
            "AWS takes keys of tags with 1 to 128 letters, digits, spaces and `_.:/=+-@`",
            "choose another key",
        ));
    }
    let value = value.as_str().ok_or_else(|| {
        Refusal::new(
            "the value of a tag is a text",
            "write it in quotes, or leave the tag out",
        )
    })?;
    let is_value = value.chars().count() <= MAX_VALUE && value.chars().all(is_taken);
    match is_value {
        true => Ok(value),
        false => Err(Refusal::new(
            "AWS takes values of tags with up to 256 letters, digits, spaces and `_.:/=+-@`",
            "write such a value",
        )),
    }
}

fn is_taken(character: char) -> bool {
    character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character)
}
