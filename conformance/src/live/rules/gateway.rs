//! What the local gateway does.

use serde_json::{Value, json};

use super::{Pair, Question, cors};
use crate::{case::Driver, output::Output};

/// API Gateway's answer where there is no route for path and method.
fn no_route(question: &Question, pair: &mut Pair) -> bool {
    let (name, body) = match question.header("authorization") {
        None => (
            "MissingAuthenticationTokenException",
            r#"{"message":"Missing Authentication Token"}"#.to_owned(),
        ),
        Some(token) => (
            "IncompleteSignatureException",
            json!({ "message": format!(
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' \
                 parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires \
                 existence of either a 'X-Amz-Date' or a 'Date' header. Authorization={token}"
            ) })
            .to_string(),
        ),
    };
    pair.expect(403, &[("x-amzn-errortype", name)], &body)
}

fn is_local(question: &Question) -> bool {
    question.driver == Driver::Local
}

/// A method that a path lacks never reaches the function.
pub(super) fn unknown_method(question: &Question, pair: &mut Pair) -> bool {
    is_local(question)
        && question.route.is_some()
        && !question.has_route()
        && pair.answer(405).is_some()
        && no_route(question, pair)
}

/// A path without CORS has no `OPTIONS`.
pub(super) fn options_without_cors(question: &Question, pair: &mut Pair) -> bool {
    is_local(question)
        && question.route.is_some()
        && question.method() == "OPTIONS"
        && cors::of(question).is_none()
        && !question.has_route()
        && pair.answer(200).is_some()
        && no_route(question, pair)
}

/// A placeholder stands for something.
pub(super) fn empty_segment(question: &Question, pair: &mut Pair) -> bool {
    let path = question.path();
    let path = path.strip_suffix('/').unwrap_or(path);
    is_local(question)
        && path.split('/').skip(1).any(str::is_empty)
        && !path.is_empty()
        && !is_no_route(pair)
        && no_route(question, pair)
}

fn is_no_route(pair: &mut Pair) -> bool {
    pair.answer(403)
        .is_some_and(|answer| answer.header("x-amzn-errortype") == Some("UnauthorizedException"))
}

/// A greedy placeholder matches the rest of the path, under its own name.
pub(super) fn greedy(question: &Question, pair: &mut Pair) -> bool {
    if !is_local(question) || !question.is_for("/greedy/{proxy+}") || question.method() != "GET" {
        return false;
    }
    if is_no_route(pair) || pair.answer(200).is_some() {
        let value = question.parameter("proxy").unwrap_or_default();
        let content_type = question.header("content-type");
        if pair.answer(200).is_none() && content_type.is_some_and(|it| !is_accepted(it)) {
            let message = format!(
                "Unsupported media type: {}",
                content_type.unwrap_or_default()
            );
            let body = json!({ "Code": "UnsupportedMediaType", "Message": message });
            return pair.expect(415, &[], &body.to_string());
        }
        return pair.expect(200, &[], &json!({ "p": { "proxy": value } }).to_string());
    }
    false
}

/// Whether a route for JSON takes the content type.
fn is_accepted(content_type: &str) -> bool {
    let content_type = content_type.to_ascii_lowercase();
    content_type.contains("*/*")
        || content_type
            .split([',', ';'])
            .any(|token| token.trim() == "application/json")
}

/// What follows a semicolon in the last segment is a part of it.
pub(super) fn semicolons(question: &Question, pair: &mut Pair) -> bool {
    let Some((name, value)) = question.parameters.last().filter(|_| is_local(question)) else {
        return false;
    };
    let Some((before, _)) = value.split_once(';') else {
        return false;
    };
    pair.answer(200).is_some_and(|answer| {
        answer.change(|body| {
            for place in [format!("/{name}"), format!("/d/uri_params/{name}")] {
                if let Some(found) = body.pointer_mut(&place)
                    && found == before
                {
                    *found = value.as_str().into();
                }
            }
        })
    })
}

/// API Gateway has other names for its errors.
pub(super) fn error_names(question: &Question, pair: &mut Pair) -> bool {
    is_local(question) && is_no_route(pair) && no_route(question, pair)
}

/// The local gateway's event has everything that API Gateway's has.
pub(super) fn event(question: &Question, pair: &mut Pair) -> bool {
    if !is_local(question) {
        return false;
    }
    if question.is_for("/ctx") {
        return pair.answer(200).is_some_and(|answer| {
            answer.change(|body| {
                body["fn"] = "rt-dev".into();
                body["mem"] = 128.into();
                body["sv"] = Value::Null;
            })
        });
    }
    let headers = match question.route.as_ref().map(|route| route.path.as_str()) {
        Some("/headers") => "",
        Some("/echo/{a}/x/{b}") => "/d/headers",
        _ => return false,
    };
    if pair.answer(200).is_none() {
        return false;
    }
    let (Output::Answer(chalice), Output::Answer(ours)) = (&mut pair.chalice, &mut pair.ours)
    else {
        return false;
    };
    chalice.change(|body| {
        if !headers.is_empty() {
            body["d"]["stage_vars"] = Value::Null;
            reduce(body);
        }
    });
    ours.change(|body| {
        // Those with which API Gateway says how it was reached.
        if let Some(Value::Object(members)) = body.pointer_mut(headers) {
            members.retain(|name, _| !name.starts_with("x-forwarded-"));
        }
        if !headers.is_empty() {
            reduce(body);
        }
    })
}

/// Leaves of a request's context what both gateways have.
fn reduce(body: &mut Value) {
    if let Some(Value::Object(members)) = body.pointer_mut("/d/context") {
        members.retain(|name, _| ["httpMethod", "resourcePath"].contains(&name.as_str()));
    }
}
