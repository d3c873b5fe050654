//! From what a handler returns to a response.
//!
//! `Result<T, E>` implements `Serialize` where `T` and `E` do, so no trait
//! alone can tell a handler that may fail from one that returns a value. The
//! return type is concrete where generated code names it, and there the search
//! for a method can tell: `(&&&Returned::<T>::NEW).converter()` finds the
//! first of [`BoxedFailure`], [`Failure`] and [`NoFailure`] that applies.

use std::{error::Error, marker::PhantomData};

use serde::Serialize;
use serde_json::json;

use super::{
    BatchItemFailures, FunctionError, FunctionResponse, FunctionResult, IntoFunctionError,
};
use crate::{IntoResponse, log, response::wire};

/// A handler's return type.
#[derive(Debug)]
pub struct Returned<T>(PhantomData<fn() -> T>);

impl<T> Returned<T> {
    /// The one value.
    pub const NEW: Returned<T> = Returned(PhantomData);
}

/// What makes a `Result` of what a handler returns.
pub type Converter<R, T> = fn(R) -> Result<T, FunctionError>;

/// The handler returns a `Result` whose error is boxed.
pub trait BoxedFailure {
    /// What it returns.
    type Returned;
    /// The value in it.
    type Value;

    /// See [`Converter`].
    fn converter(&self) -> Converter<Self::Returned, Self::Value>;
}

impl<T> BoxedFailure for &&Returned<Result<T, Box<dyn Error + Send + Sync>>> {
    type Returned = Result<T, Box<dyn Error + Send + Sync>>;
    type Value = T;

    fn converter(&self) -> Converter<Self::Returned, T> {
        |returned| returned.map_err(FunctionError::boxed)
    }
}

/// The handler returns a `Result`.
pub trait Failure {
    /// The value in it.
    type Value;
    /// The error in it.
    type Error;

    /// See [`Converter`].
    fn converter(&self) -> Converter<Result<Self::Value, Self::Error>, Self::Value>
    where
        Self::Error: IntoFunctionError;
}

impl<T, E> Failure for &Returned<Result<T, E>> {
    type Value = T;
    type Error = E;

    fn converter(&self) -> Converter<Result<T, E>, T>
    where
        E: IntoFunctionError,
    {
        |returned| returned.map_err(E::into_function_error)
    }
}

/// The handler returns a value.
pub trait NoFailure {
    /// The value.
    type Value;

    /// See [`Converter`].
    fn converter(&self) -> Converter<Self::Value, Self::Value>;
}

impl<T> NoFailure for Returned<T> {
    type Value = T;

    fn converter(&self) -> Converter<T, T> {
        Ok
    }
}

/// What handlers of some kind return: any value that JSON can express.
#[derive(Debug)]
pub struct AnyValue;

/// What handlers of some kind return: nothing.
#[derive(Debug)]
pub struct Nothing;

/// What handlers of some kind return: nothing, or which records of a batch failed.
#[derive(Debug)]
pub struct BatchReport;

/// What handlers of some kind return: an answer to a client, as routes do.
#[derive(Debug)]
pub struct Answer;

/// The response of a handler that could return what `Kind` stands for.
#[derive(Debug)]
pub struct Answered<Kind>(FunctionResponse, PhantomData<fn() -> Kind>);

impl<Kind> Answered<Kind> {
    /// The response of what a handler returned.
    pub fn new<T: IntoFunctionResponse<Kind>>(
        returned: Result<T, FunctionError>,
    ) -> Result<Answered<Kind>, FunctionError> {
        let response = returned?.into_function_response()?;
        Ok(Answered(response, PhantomData))
    }

    pub(crate) fn into_response(self) -> FunctionResponse {
        self.0
    }
}

/// A value that a handler of one kind can return, by itself or in a `Result`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned from this function",
    label = "the event source has no use for such a value",
    note = "handlers of events return nothing or a `Result<()>`; only `#[lambda_function]` returns values of any type that \
            implements `serde::Serialize`",
    note = "a handler of a whole batch may return `BatchItemFailures`, unless its attribute says \
            `report_batch_item_failures = false`; a handler of a websocket route may return what routes return"
)]
pub trait IntoFunctionResponse<Kind> {
    /// The response.
    fn into_function_response(self) -> FunctionResult;
}

impl<T: Serialize> IntoFunctionResponse<AnyValue> for T {
    fn into_function_response(self) -> FunctionResult {
        FunctionResponse::new(&self)
    }
}

impl IntoFunctionResponse<Nothing> for () {
    fn into_function_response(self) -> FunctionResult {
        Ok(FunctionResponse::null())
    }
}

impl IntoFunctionResponse<BatchReport> for () {
    fn into_function_response(self) -> FunctionResult {
        Ok(FunctionResponse::null())
    }
}

impl IntoFunctionResponse<BatchReport> for BatchItemFailures {
    fn into_function_response(self) -> FunctionResult {
        FunctionResponse::new(&self)
    }
}

/// API Gateway looks at the status when a client connects, at the headers for
/// the subprotocol, and sends the body on where a route has a route response.
impl<T: IntoResponse> IntoFunctionResponse<Answer> for T {
    fn into_function_response(self) -> FunctionResult {
        let (response, cause) = self.into_response().checked();
        if let Some(cause) = cause {
            log::handler_error(&*cause, response.status());
        }
        let mut answer = json!({ "statusCode": response.status().as_u16() });
        // As in the answers of routes, a header is in one of the two members.
        for name in response.headers().keys() {
            let values = response.headers().get_all(name);
            let values: Vec<_> = values.iter().map(wire::text).collect();
            match &values[..] {
                [value] => answer["headers"][name.as_str()] = json!(value),
                values => answer["multiValueHeaders"][name.as_str()] = json!(values),
            }
        }
        if response.is_streaming() {
            return Err(FunctionError::new(
                "Chalice.MalformedAnswer",
                "the body is a stream, and a WebSocket API answers with a whole text: return a `String`",
            ));
        }
        let body = response.body();
        match std::str::from_utf8(body) {
            Ok("") => {}
            Ok(text) => answer["body"] = json!(text),
            Err(_) => {
                return Err(FunctionError::new(
                    "Chalice.MalformedAnswer",
                    "the body is not UTF-8, and a WebSocket API answers with text alone",
                ));
            }
        }
        FunctionResponse::new(&answer)
    }
}
