//! Paths, and their methods.

use serde_json::Value;

use super::{Place, Report, members, parameters, responses, schema::Direction, security, shape};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Compares all paths.
pub(super) fn paths(report: &mut Report<'_>) {
    let documents = report.documents;
    let root = Place::new("paths");
    for (path, old) in members(documents.old.get("paths")) {
        let place = root.at(path);
        match counterpart(documents.new, path) {
            Some((new_path, new)) => methods(report, &root.at(new_path), old, new),
            None => report.breaking(&place, "the path is gone: every request for it is refused"),
        }
    }
    for (path, _) in members(documents.new.get("paths")) {
        if counterpart(documents.old, path).is_none() {
            report.compatible(&root.at(path), "a new path");
        }
    }
}

/// The path of the other document that matches the same requests, whatever its placeholders are called.
fn counterpart<'d>(document: &'d Value, path: &str) -> Option<(&'d str, &'d Value)> {
    let anonymous = anonymous(path);
    members(document.get("paths"))
        .find(|(other, _)| other.as_str() == path)
        .or_else(|| {
            members(document.get("paths")).find(|(other, _)| self::anonymous(other) == anonymous)
        })
        .map(|(other, item)| (other.as_str(), item))
}

fn anonymous(path: &str) -> String {
    let segments = path.split('/');
    let segments = segments.map(|segment| match segment.starts_with('{') {
        true => "{}",
        false => segment,
    });
    segments.collect::<Vec<&str>>().join("/")
}

fn methods(report: &mut Report<'_>, path: &Place, old: &Value, new: &Value) {
    for method in METHODS {
        let place = path.at(method);
        let name = method.to_ascii_uppercase();
        match (old.get(method), new.get(method)) {
            (Some(old), Some(new)) => operation(report, &place, old, new),
            (Some(_), None) => report.breaking(
                &place,
                format!("the path has no `{name}` any more: such requests are refused"),
            ),
            (None, Some(_)) => report.compatible(&place, format!("the path has `{name}` now")),
            (None, None) => {}
        }
    }
}

fn operation(report: &mut Report<'_>, place: &Place, old: &Value, new: &Value) {
    if let (Some(old), Some(new)) = (text(old, "operationId"), text(new, "operationId"))
        && old != new
    {
        report.breaking(
            &place.at("operationId"),
            format!("`{old}` is `{new}` now: generated clients name their functions after it"),
        );
    }
    parameters::parameters(report, place, old, new);
    request_body(report, &place.at("requestBody"), old, new);
    responses::responses(report, &place.at("responses"), old, new);
    security::security(report, &place.at("security"), old, new);
}

fn text<'d>(value: &'d Value, name: &str) -> Option<&'d str> {
    value.get(name).and_then(Value::as_str)
}

fn request_body(report: &mut Report<'_>, place: &Place, old: &Value, new: &Value) {
    let documents = report.documents;
    let body = |document, operation: &'_ Value| {
        operation
            .get("requestBody")
            .map(|body| shape::resolve(document, body).0.clone())
    };
    let is_required = |body: &Value| body["required"] == true;
    match (body(documents.old, old), body(documents.new, new)) {
        (None, None) => {}
        (None, Some(new)) if is_required(&new) => report.breaking(
            place,
            "a body is required now: requests without one are refused",
        ),
        (None, Some(_)) => report.compatible(place, "a body may be sent now"),
        (Some(_), None) => report.breaking(
            place,
            "no body is read any more: what clients send in it has no effect",
        ),
        (Some(old), Some(new)) => {
            match (is_required(&old), is_required(&new)) {
                (false, true) => report.breaking(
                    &place.at("required"),
                    "the body is required now: requests without one are refused",
                ),
                (true, false) => {
                    report.compatible(&place.at("required"), "the body may be left out now");
                }
                _ => {}
            }
            content(report, &place.at("content"), &old, &new, Direction::Request);
        }
    }
}

/// Compares what is sent or received, by content type.
pub(super) fn content(
    report: &mut Report<'_>,
    place: &Place,
    old: &Value,
    new: &Value,
    direction: Direction,
) {
    let find = |value: &Value, content_type: &str| {
        let content = value.get("content")?;
        content
            .get(content_type)
            .or_else(|| content.get("*/*"))
            .cloned()
    };
    for (content_type, old) in members(old.get("content")) {
        let place = place.at(content_type);
        // What was anything may be anything in particular now.
        let any = match (direction, content_type.as_str()) {
            (Direction::Response, "*/*") => members(new.get("content")).next(),
            _ => None,
        };
        let new = find(new, content_type).or_else(|| any.map(|(_, media_type)| media_type.clone()));
        let Some(new) = new else {
            let message = match direction {
                Direction::Request => {
                    "bodies of the content type are not taken any more: they are a 415"
                }
                Direction::Response => "answers of the content type do not come any more",
            };
            report.breaking(&place, message);
            continue;
        };
        let schema = |media_type: &Value| {
            media_type
                .get("schema")
                .cloned()
                .unwrap_or(Value::Bool(true))
        };
        report.schemas(&place.at("schema"), &schema(old), &schema(&new), direction);
    }
    for (content_type, _) in members(new.get("content")) {
        if find(old, content_type).is_some() {
            continue;
        }
        let place = place.at(content_type);
        match direction {
            Direction::Request => {
                report.compatible(&place, "bodies of the content type are taken now");
            }
            Direction::Response if members(old.get("content")).next().is_none() => {
                report.compatible(&place, "the answer has a body now");
            }
            Direction::Response => report.breaking(
                &place,
                "answers may be of this content type now, which clients do not know",
            ),
        }
    }
}
