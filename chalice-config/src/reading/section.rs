//! The members of a JSON object.

use chalice_core::suggest::{list, nearest};
use serde_json::{Map, Value};

use super::{Given, KeyPath, Setting, given::kind};
use crate::{Problem, Refusal};

/// Keys with a second name: the one that is taken as well, and the one that it stands for.
pub(crate) const OTHER_NAMES: [(&str, &str); 1] = [("architecture", "lambda_architecture")];

/// An object of the file.
#[derive(Clone, Debug)]
pub(crate) struct Section<'a> {
    path: KeyPath,
    members: &'a Map<String, Value>,
}

impl<'a> Section<'a> {
    pub(crate) fn new(path: KeyPath, members: &'a Map<String, Value>) -> Section<'a> {
        Section { path, members }
    }

    /// What stands at `key`. As for AWS Chalice, null is the same as nothing.
    pub(crate) fn given(&self, key: &str) -> Option<Given<'a>> {
        let value = self.members.get(key).filter(|value| !value.is_null())?;
        let path = self.path.key(key);
        Some(Given { path, value })
    }

    /// All that stands here, by its key.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'a str, Given<'a>)> {
        let given = |key: &'a String| Some((key.as_str(), self.given(key)?));
        self.members.keys().filter_map(given)
    }

    /// The setting at `key`, or at its other name.
    pub(crate) fn setting<T: Setting>(&self, key: &str, problems: &mut Vec<Problem>) -> Option<T> {
        let other = OTHER_NAMES
            .iter()
            .find(|(_, canonical)| *canonical == key)
            .and_then(|(other, _)| self.given(other));
        let given = match (self.given(key), other) {
            (Some(_), Some(other)) => {
                other.refuse(
                    Refusal::new(
                        format!("it is another name of `{key}`, which stands here as well"),
                        "keep one of the two",
                    ),
                    problems,
                );
                return None;
            }
            (given, other) => given.or(other)?,
        };
        T::read(&given, problems)
    }

    /// The setting at `key`, without which the object means nothing.
    pub(crate) fn required<T: Setting>(
        &self,
        key: &str,
        refusal: Refusal,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        if self.given(key).is_none() {
            problems.push(Problem::missing(self.path.key(key).to_string(), refusal));
            return None;
        }
        self.setting(key, problems)
    }

    /// Refuses all keys but those, of a setting that is an object.
    pub(crate) fn no_keys_but(&self, known: &[&str], problems: &mut Vec<Problem>) {
        for key in self.members.keys() {
            if known.contains(&key.as_str()) {
                continue;
            }
            let fix = match nearest(key, known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("what can stand here is {}", list(known.iter().copied())),
            };
            self.refuse_key(
                key,
                Refusal::new("there is no such key here", fix),
                problems,
            );
        }
    }

    /// Refuses a key. Its value may be a secret that stands in the wrong place.
    pub(crate) fn refuse_key(&self, key: &str, refusal: Refusal, problems: &mut Vec<Problem>) {
        problems.push(Problem {
            key: self.path.key(key).to_string(),
            value: self.members.get(key).map_or("nothing", kind).to_owned(),
            refusal,
        });
    }

    /// The keys, also of members that are null.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.members.keys().map(String::as_str)
    }
}
