//! Reading the members of a JSON object, with every problem on the way.

use serde_json::{Map, Value};

use crate::{Problem, Refusal, key_path::KeyPath};

/// The longest text of a value that a message repeats, in characters.
const MAX_SHOWN: usize = 40;

/// An object of the file.
#[derive(Clone, Debug)]
pub(crate) struct Section<'a> {
    path: KeyPath,
    members: &'a Map<String, Value>,
}

impl<'a> Section<'a> {
    /// The file itself.
    pub(crate) fn root(value: &'a Value, problems: &mut Vec<Problem>) -> Option<Section<'a>> {
        Section::at(KeyPath::default(), value, problems)
    }

    fn at(path: KeyPath, value: &'a Value, problems: &mut Vec<Problem>) -> Option<Section<'a>> {
        let Value::Object(members) = value else {
            problems.push(Problem {
                key: path.to_string(),
                value: shown(value),
                refusal: Refusal::new("an object is expected", "write `{ .. }`"),
            });
            return None;
        };
        Some(Section { path, members })
    }

    /// The object at `key`. As for AWS Chalice, null is the same as nothing.
    pub(crate) fn section(&self, key: &str, problems: &mut Vec<Problem>) -> Option<Section<'a>> {
        let value = self.members.get(key).filter(|value| !value.is_null())?;
        Section::at(self.path.key(key), value, problems)
    }

    /// The objects that are this object's members, by their keys.
    pub(crate) fn sections(&self, problems: &mut Vec<Problem>) -> Vec<(&'a str, Section<'a>)> {
        self.members
            .keys()
            .filter_map(|key| Some((key.as_str(), self.section(key, problems)?)))
            .collect()
    }

    /// The setting at `key`, as `read` takes it.
    pub(crate) fn setting<T>(
        &self,
        key: &str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(&'a Value) -> Result<T, Refusal>,
    ) -> Option<T> {
        let value = self.members.get(key).filter(|value| !value.is_null())?;
        match read(value) {
            Ok(setting) => Some(setting),
            Err(refusal) => {
                problems.push(Problem {
                    key: self.path.key(key).to_string(),
                    value: shown(value),
                    refusal,
                });
                None
            }
        }
    }

    /// All members; what `read` refuses is told without its value.
    pub(crate) fn secrets<T>(
        &self,
        problems: &mut Vec<Problem>,
        read: impl Fn(&'a str, &'a Value) -> Result<T, Refusal>,
    ) -> Vec<(&'a str, T)> {
        let mut settings = Vec::new();
        for (key, value) in self.members {
            match read(key, value) {
                Ok(setting) => settings.push((key.as_str(), setting)),
                Err(refusal) => problems.push(Problem {
                    key: self.path.key(key).to_string(),
                    value: kind(value).to_owned(),
                    refusal,
                }),
            }
        }
        settings
    }
}

/// A value for a message.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
        _ => {
            let text = value.to_string();
            match text.char_indices().nth(MAX_SHOWN) {
                Some((end, _)) => format!("{}..", &text[..end]),
                None => text,
            }
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
