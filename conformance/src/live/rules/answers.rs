//! What a handler's answer becomes.

use serde_json::json;

use super::{Pair, Question};
use crate::output::{Answer, Output};

/// A bare string is text.
pub(super) fn text_is_text(question: &Question, pair: &mut Pair) -> bool {
    let is_string = question.is_for("/noctypes")
        || (question.is_for("/ret/{kind}")
            && matches!(question.parameter("kind"), Some("str" | "ustr")));
    let Some(answer) = pair.answer(200).filter(|_| is_string) else {
        return false;
    };
    answer.add(&[("content-type", "text/plain; charset=utf-8")])
}

/// JSON has no word for what is no number.
pub(super) fn nan(question: &Question, pair: &mut Pair) -> bool {
    if !(question.is_for("/ret/{kind}") && question.parameter("kind") == Some("nan")) {
        return false;
    }
    match pair.answer(200) {
        Some(answer) if answer.body == r#"{"n":NaN}"# => {
            answer.body = json!({ "n": null }).to_string().into();
            true
        }
        _ => false,
    }
}

/// A failed invocation of Python's with that exception.
fn has_raised(pair: &Pair, exception: &str) -> bool {
    matches!(&pair.chalice, Output::Failure { kind, .. } if kind == exception)
}

/// A value that is no JSON is an error of the handler.
pub(super) fn unserializable(question: &Question, pair: &mut Pair) -> bool {
    if !(question.is_for("/unserializable") && has_raised(pair, "TypeError")) {
        return false;
    }
    if question.debug {
        let text = [("content-type", "text/plain; charset=utf-8")];
        return pair.expect(500, &text, "an object is no JSON");
    }
    pair.expect(
        500,
        &[],
        r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#,
    )
}

/// Bytes can be text.
pub(super) fn bytes_as_text(question: &Question, pair: &mut Pair) -> bool {
    question.is_for("/resp/{kind}")
        && question.parameter("kind") == Some("bytes-text")
        && has_raised(pair, "TypeError")
        && pair.expect(200, &[("content-type", "text/plain")], "abc")
}

/// Text can be sent as bytes.
pub(super) fn text_as_bytes(question: &Question, pair: &mut Pair) -> bool {
    let is_it = question.is_for("/resp/{kind}")
        && question.parameter("kind") == Some("binstr")
        && has_raised(pair, "ValueError")
        && pair.expect(200, &[("content-type", "image/png")], "notbytes");
    if is_it
        && question.driver == crate::case::Driver::Lambda
        && let Some(answer) = pair.answer(200)
    {
        answer.base64 = true;
    }
    is_it
}

/// A response without a body has none.
pub(super) fn no_body(_: &Question, pair: &mut Pair) -> bool {
    match pair.answer(204) {
        Some(answer) if answer.body == "null" => {
            answer.body.clear();
            true
        }
        _ => false,
    }
}

/// Debug mode shows the failure, in the words of the language.
pub(super) fn debug_mode(question: &Question, pair: &mut Pair) -> bool {
    let ours = match &pair.ours {
        Output::Answer(ours) if ours.status == 500 => ours.clone(),
        _ => return false,
    };
    let shows = |answer: &&mut Answer| {
        answer.header("content-type") == Some("text/plain") && answer.body.starts_with(b"Traceback")
    };
    match pair.answer(500).filter(|_| question.debug).filter(shows) {
        Some(answer) => {
            let text = ["text/plain; charset=utf-8".to_owned()];
            answer
                .headers
                .insert("content-type".to_owned(), text.into());
            if !ours.body.is_empty() && ours.json().is_none() {
                answer.body = ours.body;
            }
            true
        }
        None => false,
    }
}
