//! `#[lambda_function]`

use super::{
    given::{ASYNCHRONOUS, Given},
    model::{Attribute, Source},
};
use crate::errors::Errors;

pub(crate) const LAMBDA_FUNCTION: Attribute = Attribute {
    name: "#[lambda_function]",
    positional: None,
    keys: &["on_failure"],
    example: "event: MyEvent",
    event_is_optional: true,
    source,
};

/// The type of the events, which carry any JSON.
pub(super) const LAMBDA_FUNCTION_EVENT: &str = "LambdaFunctionEvent";

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("pure_lambda", LAMBDA_FUNCTION_EVENT);
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source
}
