//! Parameters.

use serde_json::Value;

use super::{Place, Report, schema::Direction, shape};

/// A parameter, with what tells it from the others of its operation.
#[derive(Debug)]
struct Parameter {
    place: String,
    /// Its name, or its number among the placeholders: those are not named in requests.
    key: String,
    value: Value,
}

impl Parameter {
    fn name(&self) -> &str {
        self.value["name"].as_str().unwrap_or_default()
    }

    fn is_required(&self) -> bool {
        self.value["required"] == true
    }

    fn schema(&self) -> Value {
        self.value
            .get("schema")
            .cloned()
            .unwrap_or(Value::Bool(true))
    }
}

/// Compares the parameters of an operation.
pub(super) fn parameters(report: &mut Report<'_>, operation: &Place, old: &Value, new: &Value) {
    let documents = report.documents;
    let old = read(documents.old, old);
    let new = read(documents.new, new);
    let root = operation.at("parameters");
    for old in &old {
        let place = root.at(old.name());
        match counterpart(old, &new) {
            Some(new) => compare(report, &root.at(new.name()), old, new),
            None if old.place == "path" => {}
            None => report.breaking(
                &place,
                format!(
                    "the parameter (in: {}) is gone: what clients ask for by it has no effect",
                    old.place
                ),
            ),
        }
    }
    for new in &new {
        if counterpart(new, &old).is_some() || new.place == "path" {
            continue;
        }
        let place = root.at(new.name());
        match new.is_required() {
            true => report.breaking(
                &place,
                format!(
                    "a new parameter (in: {}) is required: requests without it are refused",
                    new.place
                ),
            ),
            false => report.compatible(&place, format!("a new parameter (in: {})", new.place)),
        }
    }
}

fn compare(report: &mut Report<'_>, place: &Place, old: &Parameter, new: &Parameter) {
    match (old.is_required(), new.is_required()) {
        (false, true) => report.breaking(
            &place.at("required"),
            "the parameter is required now: requests without it are refused",
        ),
        (true, false) => {
            report.compatible(&place.at("required"), "the parameter may be left out now");
        }
        _ => {}
    }
    report.schemas(
        &place.at("schema"),
        &old.schema(),
        &new.schema(),
        Direction::Request,
    );
}

fn counterpart<'p>(parameter: &Parameter, others: &'p [Parameter]) -> Option<&'p Parameter> {
    others
        .iter()
        .find(|other| other.place == parameter.place && other.key == parameter.key)
}

fn read(document: &Value, operation: &Value) -> Vec<Parameter> {
    let mut placeholders = 0;
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters
        .map(|parameter| {
            let value = shape::resolve(document, parameter).0.clone();
            let place = value["in"].as_str().unwrap_or_default().to_owned();
            let name = value["name"].as_str().unwrap_or_default();
            let key = match &*place {
                "path" => {
                    placeholders += 1;
                    placeholders.to_string()
                }
                // Their names have no case (RFC 9110, 5.1).
                "header" => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            };
            Parameter { place, key, value }
        })
        .collect()
}
