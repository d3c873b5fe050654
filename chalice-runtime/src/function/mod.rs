//! Lambda functions that are neither the API's nor authorizers: pure ones, and
//! those that event sources invoke.

mod batch;
mod batch_item_failures;
mod error;
mod event;
mod from_event;
mod from_invocation;
mod invoke;
mod response;
mod returned;
mod source_events;
#[cfg(test)]
mod tests;
mod unread;
mod window_state;

pub use batch_item_failures::BatchItemFailures;
pub(crate) use error::short_type_name;
pub use error::{FunctionError, IntoFunctionError};
pub use event::{FunctionEvent, LambdaFunctionEvent};
pub use from_event::{FromEvent, Settings};
pub use from_invocation::FromInvocation;
pub(crate) use invoke::{InvocationError, invoke};
pub use response::{FunctionResponse, FunctionResult};
pub use returned::{
    Answer, Answered, AnyValue, BatchReport, BoxedFailure, Converter, Failure,
    IntoFunctionResponse, NoFailure, Nothing, Returned,
};
pub use unread::Unread;
pub use window_state::{WindowState, answer_in_window};
