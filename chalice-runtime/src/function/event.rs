//! The events of functions.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::FunctionError;
use crate::{
    LambdaContext, dispatch::Event, entry::in_process::Delivered, event::EventText,
    event_source::explain,
};

/// The event of one kind of functions, read from what AWS Lambda delivers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the event of a kind of functions",
    label = "not an event"
)]
pub trait FunctionEvent: Sized + Send + Sync + 'static {
    /// What a handler can return that does not take the event.
    #[doc(hidden)]
    type Returns;

    /// Reads the event.
    ///
    /// # Errors
    ///
    /// When it is none of this kind: the invocation fails with the error type
    /// `Chalice.MalformedEvent`.
    #[doc(hidden)]
    fn read(event: Delivered, context: LambdaContext) -> Result<Self, FunctionError>;

    /// The event, if it is one of this kind.
    #[doc(hidden)]
    fn of(event: &Event) -> Option<&Self>;

    /// The event by itself, if it is one of this kind.
    ///
    /// # Errors
    ///
    /// The event itself, if it is of another.
    #[doc(hidden)]
    #[expect(
        clippy::result_large_err,
        reason = "an event on its way, not an error: it is moved once"
    )]
    fn take(event: Event) -> Result<Self, Event>;

    /// The event, of whatever kind.
    #[doc(hidden)]
    fn into_event(self) -> Event;
}

/// The event of a function with `#[lambda_function]`: any JSON.
#[derive(Clone)]
pub struct LambdaFunctionEvent {
    raw: Box<RawValue>,
    context: LambdaContext,
}

impl LambdaFunctionEvent {
    /// An event of that JSON, for a middleware that passes on another one.
    pub fn from_raw(raw: Box<RawValue>, context: LambdaContext) -> LambdaFunctionEvent {
        LambdaFunctionEvent { raw, context }
    }

    /// The JSON that the function was invoked with, as it is.
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }

    /// The invocation.
    pub fn context(&self) -> &LambdaContext {
        &self.context
    }

    /// The JSON as a `T`.
    ///
    /// # Errors
    ///
    /// When it is none: `Chalice.MalformedEvent`, with a message that names the place and
    /// what is expected there, and repeats nothing of the JSON.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, FunctionError> {
        serde_json::from_str(self.raw.get()).map_err(|error| {
            FunctionError::malformed_event(format_args!(
                "the event is not what the function takes: {}",
                explain(&error)
            ))
        })
    }
}

impl fmt::Debug for LambdaFunctionEvent {
    /// The invocation, and nothing of what the function was invoked with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LambdaFunctionEvent")
            .field("request_id", &self.context.request_id)
            .finish_non_exhaustive()
    }
}

/// The event as the JSON that it is.
pub(super) fn json(event: EventText) -> Result<Box<RawValue>, FunctionError> {
    RawValue::from_string(event.into()).map_err(|error| {
        FunctionError::malformed_event(format_args!("the event is no JSON: {}", explain(&error)))
    })
}

/// How a type of events stands in [`Event`].
macro_rules! function_event {
    ($event:ty, $variant:ident, $returns:ty, $read:expr) => {
        impl $crate::FunctionEvent for $event {
            type Returns = $returns;

            fn read(
                $crate::entry::in_process::Delivered(event): $crate::entry::in_process::Delivered,
                context: $crate::LambdaContext,
            ) -> Result<Self, $crate::FunctionError> {
                ($read)(event, context)
            }

            fn of(event: &$crate::Event) -> Option<&Self> {
                match event {
                    $crate::Event::$variant(event) => Some(event),
                    _ => None,
                }
            }

            fn take(event: $crate::Event) -> Result<Self, $crate::Event> {
                match event {
                    $crate::Event::$variant(event) => Ok(event),
                    other => Err(other),
                }
            }

            fn into_event(self) -> $crate::Event {
                $crate::Event::$variant(self)
            }
        }
    };
}
pub(super) use function_event;

function_event!(
    LambdaFunctionEvent,
    PureLambda,
    super::AnyValue,
    |event, context| Ok(LambdaFunctionEvent {
        raw: super::event::json(event)?,
        context
    })
);
