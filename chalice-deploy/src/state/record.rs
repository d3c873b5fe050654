//! One resource of a state.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{OWN_MEMBER, Progress, Resource, StateError, Status};

/// One resource of a state: what it is for the app, and what AWS calls it.
///
/// What else the file says of it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The name in the app, unique in its state: `api_handler`, `default-role`, `report-event`.
    pub name: String,
    /// What it is on AWS.
    pub resource: Resource,
    /// How far its deployment is, and what it was deployed with.
    pub progress: Progress,
    pub(super) extra: Map<String, Value>,
}

impl Record {
    /// A resource that is deployed.
    pub fn new(name: impl Into<String>, resource: impl Into<Resource>) -> Record {
        Record {
            name: name.into(),
            resource: resource.into(),
            progress: Progress::default(),
            extra: Map::new(),
        }
    }

    /// The record with the hash of the settings that the resource has, as
    /// [`settings_hash`](crate::settings_hash) makes it.
    pub fn with_settings_hash(mut self, hash: impl Into<String>) -> Record {
        self.progress.settings_hash = Some(hash.into());
        self
    }

    /// The record with the hash of the function's package, as AWS Lambda tells it.
    pub fn with_code_sha256(mut self, hash: impl Into<String>) -> Record {
        self.progress.code_sha256 = Some(hash.into());
        self
    }

    /// How far its deployment is.
    pub fn status(&self) -> Status {
        self.progress.status
    }

    /// A member of the record that its type does not have. Of an unknown type, all of them.
    pub fn extra(&self, key: &str) -> Option<&Value> {
        self.extra.get(key)
    }

    /// Reads the record at that place of the file.
    pub(super) fn read(index: usize, value: Value) -> Result<Record, StateError> {
        let form = |member: &str, expected| StateError::Form {
            place: format!("`resources[{index}]{member}`"),
            expected,
        };
        let Value::Object(mut members) = value else {
            return Err(form("", "an object"));
        };
        let mut text = |key: &str| match members.remove(key) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text),
            _ => Err(form(&format!(".{key}"), "a text")),
        };
        let name = text("name")?;
        let resource_type = text("resource_type")?;
        let progress = match members.remove(OWN_MEMBER) {
            Some(progress) => {
                serde_json::from_value(progress).map_err(|_| StateError::Progress { index })?
            }
            None => Progress::default(),
        };
        let resource = Resource::take(&resource_type, &mut members)
            .map_err(|key| form(&format!(".{key}"), "of the form that its type has"))?;
        Ok(Record {
            name,
            resource,
            progress,
            extra: members,
        })
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.resource.members();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("resource_type", self.resource.resource_type())?;
        for (key, value) in &members {
            map.serialize_entry(key, value)?;
        }
        for (key, value) in &self.extra {
            // `null` has stayed behind where the value is known by now.
            if !members.iter().any(|(known, _)| known == key) {
                map.serialize_entry(key, value)?;
            }
        }
        if self.progress != Progress::default() {
            map.serialize_entry(OWN_MEMBER, &self.progress)?;
        }
        map.end()
    }
}
