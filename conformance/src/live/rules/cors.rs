//! Cross-origin requests.

use super::{Pair, Question};
use crate::case::Driver;

const HEADERS: &str = "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key";
const ANYONE: &[(&str, &str)] = &[
    ("access-control-allow-origin", "*"),
    ("access-control-allow-headers", HEADERS),
];
const FOO: &[(&str, &str)] = &[
    ("access-control-allow-origin", "https://foo.example.com"),
    (
        "access-control-allow-headers",
        "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key,X-Special",
    ),
    ("access-control-expose-headers", "A,B"),
    ("access-control-max-age", "600"),
    ("access-control-allow-credentials", "true"),
];

/// The CORS headers of a path.
pub(super) fn of(question: &Question) -> Option<&'static [(&'static str, &'static str)]> {
    match question.route.as_ref()?.path.as_str() {
        "/cors2" => Some(FOO),
        "/err2/{name}" | "/cors" | "/corsbin" | "/authed/{x}" => Some(ANYONE),
        _ => None,
    }
}

/// The path's CORS headers, for a method that it lacks.
fn of_other_method(question: &Question) -> Option<&'static [(&'static str, &'static str)]> {
    of(question).filter(|_| question.driver == Driver::Lambda && !question.has_route())
}

/// A preflight that reaches the function is answered there.
pub(super) fn preflight(question: &Question, pair: &mut Pair) -> bool {
    if question.method() != "OPTIONS" || pair.answer(405).is_none() {
        return false;
    }
    let (Some(cors), Some(route)) = (of_other_method(question), &question.route) else {
        return false;
    };
    let methods = format!("{},OPTIONS", route.methods.join(","));
    let mut headers = cors.to_vec();
    headers.push(("access-control-allow-methods", &methods));
    pair.expect(200, &headers, "")
}

/// Pages may read that a method is not allowed.
pub(super) fn method_not_allowed(question: &Question, pair: &mut Pair) -> bool {
    match (pair.answer(405), of_other_method(question)) {
        (Some(answer), Some(cors)) => answer.add(cors),
        _ => false,
    }
}

/// Pages may read that something went wrong.
pub(super) fn unhandled(question: &Question, pair: &mut Pair) -> bool {
    let is_it = question.is_for("/err2/{name}") && question.parameter("name") == Some("unhandled");
    match pair.answer(500) {
        Some(answer) if is_it => answer.add(ANYONE),
        _ => false,
    }
}

/// What the handler has set in another case is set.
pub(super) fn names_have_no_case(question: &Question, pair: &mut Pair) -> bool {
    let Some(answer) = pair.answer(200).filter(|_| question.is_for("/cors2")) else {
        return false;
    };
    match answer.headers.get_mut("access-control-max-age") {
        Some(values) if values.len() == 2 => {
            values.retain(|value| value == "1");
            true
        }
        _ => false,
    }
}
