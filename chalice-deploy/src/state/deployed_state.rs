//! The state as a whole.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{
    OWN_MEMBER, Origin, Record, Resource, StateError, Status, UnknownResource, error::shown,
};

/// What a stage has deployed, in the order in which it was created; it is deleted in reverse.
///
/// The format is 2.0 of AWS Chalice, so that its stages can be taken over. Whatever else a file says is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeployedState {
    pub(super) origin: Option<Origin>,
    resources: Vec<Record>,
    extra: Map<String, Value>,
}

/// The format that is read and written.
const SCHEMA_VERSION: &str = "2.0";
/// How everything in it was deployed: by calls to AWS.
const BACKEND: &str = "api";

impl DeployedState {
    /// The largest text that is read, in bytes. A state has some hundred bytes for each resource.
    pub const SIZE_LIMIT: u64 = 16 * 1024 * 1024;

    /// Reads the text of a state.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(text: &[u8]) -> Result<DeployedState, StateError> {
        let Value::Object(mut members) = parse_json(text)? else {
            return Err(StateError::Form {
                place: "the file".to_owned(),
                expected: "an object",
            });
        };
        // Files of Chalice's format 1.0 have members by the names of stages.
        match members.remove("schema_version") {
            Some(Value::String(version)) if version == SCHEMA_VERSION => {}
            found => {
                return Err(StateError::SchemaVersion {
                    found: found.as_ref().map_or("missing".to_owned(), shown),
                });
            }
        }
        match members.remove("backend") {
            None | Some(Value::Null) => {}
            Some(Value::String(backend)) if backend == BACKEND => {}
            Some(found) => {
                return Err(StateError::Backend {
                    found: shown(&found),
                });
            }
        }
        let Some(Value::Array(resources)) = members.remove("resources") else {
            return Err(StateError::Form {
                place: "`resources`".to_owned(),
                expected: "a list",
            });
        };
        let origin = match members.remove(OWN_MEMBER) {
            None => None,
            Some(origin) => Some(
                serde_json::from_value(origin).map_err(|_| StateError::Form {
                    place: format!("`{OWN_MEMBER}`"),
                    expected: "an object with `account_id` and `region`",
                })?,
            ),
        };
        let mut state = DeployedState {
            origin,
            resources: Vec::with_capacity(resources.len()),
            extra: members,
        };
        let mut names = std::collections::HashSet::new();
        for (index, value) in resources.into_iter().enumerate() {
            let record = Record::read(index, value)?;
            if !names.insert(record.name.clone()) {
                return Err(StateError::Duplicate { name: record.name });
            }
            state.resources.push(record);
        }
        Ok(state)
    }

    /// The text of the file: indented JSON, a line at its end.
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("texts, numbers and lists of them have a form in JSON") + "\n"
    }

    /// What is deployed, in the order of creation.
    pub fn resources(&self) -> &[Record] {
        &self.resources
    }

    /// The resource of that name.
    pub fn get(&self, name: &str) -> Option<&Record> {
        self.resources.iter().find(|record| record.name == name)
    }

    /// Puts a record in the place of the one of its name, or at the end.
    pub fn put(&mut self, record: Record) {
        let known = self.resources.iter_mut().find(|it| it.name == record.name);
        match known {
            Some(known) => *known = record,
            None => self.resources.push(record),
        }
    }

    /// Says how far the deployment of a resource is.
    ///
    /// # Errors
    ///
    /// When there is no such resource.
    pub fn set_status(&mut self, name: &str, status: Status) -> Result<(), StateError> {
        let known = self.resources.iter_mut().find(|it| it.name == name);
        let record = known.ok_or_else(|| StateError::NoSuchResource {
            name: name.to_owned(),
        })?;
        record.progress.status = status;
        Ok(())
    }

    /// Takes the record of that name out.
    pub fn remove(&mut self, name: &str) -> Option<Record> {
        let at = self.resources.iter().position(|it| it.name == name)?;
        Some(self.resources.remove(at))
    }

    /// The resources on which an earlier deployment was interrupted, in the order of creation.
    pub fn interrupted(&self) -> impl Iterator<Item = &Record> {
        let is_interrupted = |record: &&Record| record.status() != Status::Deployed;
        self.resources.iter().filter(is_interrupted)
    }

    /// The records of types that this version does not know, with their types. They stay as they are.
    pub fn unknown(&self) -> impl Iterator<Item = (&Record, &UnknownResource)> {
        self.resources
            .iter()
            .filter_map(|record| match &record.resource {
                Resource::Unknown(unknown) => Some((record, unknown)),
                _ => None,
            })
    }
}

impl Serialize for DeployedState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("resources", &self.resources)?;
        map.serialize_entry("schema_version", SCHEMA_VERSION)?;
        map.serialize_entry("backend", BACKEND)?;
        for (key, value) in &self.extra {
            map.serialize_entry(key, value)?;
        }
        if let Some(origin) = &self.origin {
            map.serialize_entry(OWN_MEMBER, origin)?;
        }
        map.end()
    }
}

/// The JSON in a file.
pub(super) fn parse_json(text: &[u8]) -> Result<Value, StateError> {
    if text.len() as u64 > DeployedState::SIZE_LIMIT {
        return Err(StateError::TooLarge {
            limit: DeployedState::SIZE_LIMIT,
        });
    }
    // RFC 8259, section 8.1: whoever reads JSON may pass over the mark that some editors write.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    // After a crash, some file systems have zeros in place of what was never written.
    if text
        .iter()
        .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
    {
        return Err(StateError::Empty);
    }
    serde_json::from_slice(text).map_err(|error| match error.is_eof() {
        true => StateError::Truncated { line: error.line() },
        false => StateError::NotJson {
            reason: error.to_string(),
        },
    })
}
