//! Lines as JSON, with the keys of Lambda's own JSON format: AWS, "Configuring
//! JSON and plain text log formats".

use serde::ser::{SerializeMap, Serializer as _};

use super::{
    escape,
    invocation::{COLD_START, REQUEST_ID, ROUTE, XRAY_TRACE_ID},
    line::Line,
};

/// The keys that are not the event's: a field of the same name must not be
/// able to say something else.
const OWN_KEYS: [&str; 8] = [
    "timestamp",
    "level",
    REQUEST_ID,
    "functionName",
    COLD_START,
    XRAY_TRACE_ID,
    ROUTE,
    "target",
];

/// The line, with its line break.
pub(super) fn line(line: Line<'_>) -> String {
    let mut json = Vec::with_capacity(256);
    // Neither writing to memory nor keys that are strings can fail.
    let _ = write(line, &mut json);
    let mut line = escape::json(String::from_utf8(json).unwrap_or_default());
    line.push('\n');
    line
}

fn write(mut line: Line<'_>, json: &mut Vec<u8>) -> serde_json::Result<()> {
    let message = line.take_message();
    let mut serializer = serde_json::Serializer::new(json);
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("timestamp", &format_args!("{}", line.timestamp))?;
    map.serialize_entry("level", line.level.as_str())?;
    map.serialize_entry("message", &message)?;
    if let Some(id) = line.invocation.get(REQUEST_ID) {
        map.serialize_entry(REQUEST_ID, id)?;
    }
    if let Some(name) = line.function_name {
        map.serialize_entry("functionName", name)?;
    }
    for key in [COLD_START, XRAY_TRACE_ID, ROUTE] {
        if let Some(value) = line.invocation.get(key) {
            map.serialize_entry(key, value)?;
        }
    }
    map.serialize_entry("target", line.target)?;
    for (name, value) in line.fields.iter() {
        if OWN_KEYS.contains(&name) {
            map.serialize_entry(&format_args!("fields.{name}"), value)?;
        } else {
            map.serialize_entry(name, value)?;
        }
    }
    map.end()
}
