//! The traces of `middleware.json`.

use std::fs;

use chalice::{prelude::*, test::FailedInvocation};
use conformance::{
    case, compare,
    output::{self, Answer, Output},
    suite,
};

#[derive(Deserialize)]
struct Recorded {
    name: String,
    trace: Vec<Value>,
    output: case::Recorded,
}

fn all() -> Vec<Recorded> {
    let text = fs::read(suite::folder().join("middleware.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

pub(crate) fn names() -> Vec<String> {
    all().into_iter().map(|it| it.name).collect()
}

/// The trace of that name, and Chalice's output.
fn of(name: &str) -> (Vec<Value>, case::Recorded) {
    let recorded = all().into_iter().find(|it| it.name == name).unwrap();
    (recorded.trace, recorded.output)
}

/// The trace of that name, and Chalice's answer, or the failed invocation.
pub(crate) fn chalice(name: &str) -> (Vec<Value>, Output) {
    let (trace, recorded) = of(name);
    (
        trace,
        output::of_chalice(case::Driver::Lambda, &recorded).unwrap(),
    )
}

/// The trace of that name, and what Chalice's function returns, which is no answer to a request.
pub(crate) fn value(name: &str) -> (Vec<Value>, Value) {
    match of(name) {
        (trace, case::Recorded::Result { result }) => (trace, result),
        (_, other) => panic!("{other:?}"),
    }
}

/// What one of our functions makes of an event.
pub(crate) fn output(answer: Result<Value, FailedInvocation>) -> Output {
    match answer {
        Ok(answer) => Output::Answer(Answer::of_function(&answer).unwrap()),
        Err(error) => Output::Failure {
            kind: error.error_type,
            message: error.error_message,
        },
    }
}

/// The trace and the answer are Chalice's.
pub(crate) fn assert_agree(name: &str, (trace, answer): (Vec<Value>, Output)) {
    let (expected_trace, expected) = chalice(name);
    assert_eq!(trace, expected_trace);
    assert_eq!(compare::differences(&expected, &answer), [""; 0]);
}
