//! Responses, by their status.

use serde_json::Value;

use super::{Place, Report, members, operation::content, schema::Direction, shape};

/// Compares the responses of an operation.
pub(super) fn responses(report: &mut Report<'_>, place: &Place, old: &Value, new: &Value) {
    for (status, old_response) in members(old.get("responses")) {
        let place = place.at(status);
        match (counterpart(new, status), is_success(status)) {
            (Some(new_response), _) => compare(report, &place, old_response, new_response),
            (None, true) => report.breaking(
                &place,
                "the response does not come any more, and clients wait for it",
            ),
            (None, false) => report.compatible(&place, "the response does not come any more"),
        }
    }
    for (status, new_response) in members(new.get("responses")) {
        let place = place.at(status);
        if response(old, status).is_some() {
            continue;
        }
        // A status of a range that the old document has.
        match response(old, &range(status)) {
            Some(old_response) => compare(report, &place, old_response, new_response),
            None if is_success(status) => report.breaking(
                &place,
                "success may have this status now, which clients do not know",
            ),
            None => report.compatible(&place, "a failure that is documented now"),
        }
    }
}

/// The new response that comes in place of the old one of that status.
fn counterpart<'d>(operation: &'d Value, status: &str) -> Option<&'d Value> {
    let other = match is_success(status) {
        true => members(operation.get("responses"))
            .find(|(other, _)| range(other) == status)
            .map(|(_, response)| response),
        false => response(operation, "default"),
    };
    response(operation, status)
        .or_else(|| response(operation, &range(status)))
        .or(other)
}

fn response<'d>(operation: &'d Value, status: &str) -> Option<&'d Value> {
    operation.get("responses")?.get(status)
}

/// `2XX` of `200`.
fn range(status: &str) -> String {
    format!("{}XX", status.get(..1).unwrap_or_default())
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status.starts_with('3')
}

fn compare(report: &mut Report<'_>, place: &Place, old: &Value, new: &Value) {
    let old = shape::resolve(report.documents.old, old).0;
    let new = shape::resolve(report.documents.new, new).0;
    for (name, _) in members(old.get("headers")) {
        let mut headers = members(new.get("headers"));
        if !headers.any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            report.breaking(
                &place.at("headers").at(name),
                "the header does not come any more",
            );
        }
    }
    content(report, &place.at("content"), old, new, Direction::Response);
}
