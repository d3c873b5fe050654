//! What a handler sees of a request.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{Pair, Question};
use crate::{
    case::Driver,
    output::{Answer, Output},
};

/// A path that the app lacks is no matter of methods.
pub(super) fn unknown_path(question: &Question, pair: &mut Pair) -> bool {
    if question.driver != Driver::Lambda || question.route.is_some() {
        return false;
    }
    pair.answer(405).is_some()
        && pair.expect(
            404,
            &[],
            r#"{"Code":"NotFoundError","Message":"Not Found"}"#,
        )
}

/// Path parameters are percent-decoded.
pub(super) fn path_parameters(question: &Question, pair: &mut Pair) -> bool {
    let raw = |name| question.parameter(name).unwrap_or_default();
    let is_encoded = question
        .parameters
        .iter()
        .any(|(_, value)| value.contains('%'));
    let takes_them = [
        "/echo/{a}/x/{b}",
        "/foo/{p}",
        "/greedy/{proxy+}",
        "/authed/{x}",
    ]
    .iter()
    .any(|route| question.is_for(route) && question.has_route());
    let Some(answer) = pair.answer(200).filter(|_| is_encoded && takes_them) else {
        return false;
    };
    let values = match question.decoded_parameters() {
        Ok(values) => values,
        Err(name) => {
            let message = format!("the path parameter `{name}` is not UTF-8");
            return answer.fail(400, "BadRequestError", &message);
        }
    };
    answer.change(|body| {
        for (name, value) in values {
            let places = [
                format!("/{name}"),
                format!("/d/uri_params/{name}"),
                format!("/p/{name}"),
            ];
            for place in places {
                if let Some(found) = body.pointer_mut(&place)
                    && found == raw(name)
                {
                    *found = Value::from(value.as_str());
                }
            }
        }
    })
}

/// A body that is not base64 is the client's mistake, or that of whoever made the event.
pub(super) fn base64_that_is_none(question: &Question, pair: &mut Pair) -> bool {
    let body = question.input["body"].as_str().unwrap_or_default();
    if question.input["isBase64Encoded"] != true || STANDARD.decode(body).is_ok() {
        return false;
    }
    let Some(route) = question.route.as_ref().filter(|_| question.has_route()) else {
        return false;
    };
    let asks_for_body = match route.path.as_str() {
        "/echo/{a}/x/{b}" => question.parameters.len() == 2,
        "/form" => true,
        "/json" | "/anytype" => is_json_here(question.header("content-type").unwrap_or_default()),
        _ => false,
    };
    let message = match question.decoded_parameters() {
        Err(name) => format!("the path parameter `{name}` is not UTF-8"),
        Ok(_) => "the event's body is not base64, although the event says so".to_owned(),
    };
    let runs = |answer: &&mut Answer| answer.status != 415;
    match &mut pair.chalice {
        Output::Answer(answer) if asks_for_body => Some(answer)
            .filter(runs)
            .is_some_and(|answer| answer.fail(400, "BadRequestError", &message)),
        _ => false,
    }
}

/// Whether Chalice takes the body for JSON.
fn is_json_there(content_type: &str) -> bool {
    content_type.starts_with("application/json")
}

/// Whether we do: RFC 9110, 8.3.1, and RFC 6839, 3.1.
fn is_json_here(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether a handler has asked for JSON, with either success.
fn has_asked_for_json(question: &Question, pair: &Pair) -> bool {
    let Output::Answer(answer) = &pair.chalice else {
        return false;
    };
    (question.is_for("/json") || question.is_for("/anytype"))
        && (answer.status == 200 || answer.status == 400)
}

/// What is JSON is said by the whole media type, without regard to case.
pub(super) fn json_media_types(question: &Question, pair: &mut Pair) -> bool {
    if !has_asked_for_json(question, pair) {
        return false;
    }
    let content_type = question.header("content-type").unwrap_or_default();
    match (is_json_there(content_type), is_json_here(content_type)) {
        (true, false) => answer_json(question, pair, Ok(Value::Null)),
        (false, true) => question
            .body()
            .is_some_and(|body| answer_json(question, pair, serde_json::from_slice(&body))),
        _ => false,
    }
}

/// Python takes more for JSON than JSON is.
pub(super) fn strict_json(question: &Question, pair: &mut Pair) -> bool {
    if !has_asked_for_json(question, pair) || pair.answer(200).is_none() {
        return false;
    }
    let content_type = question.header("content-type").unwrap_or_default();
    if !(is_json_there(content_type) && is_json_here(content_type)) {
        return false;
    }
    let Some(body) = question.body() else {
        return false;
    };
    let body = serde_json::from_slice::<Value>(&body);
    body.is_err() && answer_json(question, pair, body)
}

/// The answer of a handler that asks for JSON.
fn answer_json(
    question: &Question,
    pair: &mut Pair,
    body: Result<Value, serde_json::Error>,
) -> bool {
    let Ok(body) = body else {
        return pair.expect(
            400,
            &[],
            r#"{"Code":"BadRequestError","Message":"Error Parsing JSON"}"#,
        );
    };
    let mut answer = json!({ "json": body });
    if question.is_for("/anytype") {
        answer["ok"] = json!(1);
    }
    pair.expect(200, &[], &answer.to_string())
}

/// A body that is no text is the client's mistake.
pub(super) fn text_that_is_none(question: &Question, pair: &mut Pair) -> bool {
    if !question.is_for("/form") {
        return false;
    }
    let text = String::from_utf8(question.body().unwrap_or_default());
    let (Some(answer), Err(error)) = (pair.answer(500), text) else {
        return false;
    };
    let message = format!("the body is not UTF-8: {}", error.utf8_error());
    answer.fail(400, "BadRequestError", &message)
}
