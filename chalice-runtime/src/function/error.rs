//! Errors of Lambda functions.

use std::{any::type_name, borrow::Cow, error::Error, fmt};

use http::{HeaderMap, StatusCode};

use super::invoke::InvocationError;
use crate::{HttpError, error::Reason};

/// Why an invocation of a function failed: the error type and the message that
/// AWS Lambda passes on to whoever invoked it.
///
/// Callers and services tell errors apart by their type: Step Functions in
/// `Catch` and `Retry`, for example. With `?`, an error of your own gives its
/// type's name and its text:
///
/// ```
/// use chalice_runtime::FunctionError;
///
/// #[derive(Debug)]
/// struct SoldOut;
///
/// impl std::fmt::Display for SoldOut {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         write!(f, "nothing is left")
///     }
/// }
///
/// impl std::error::Error for SoldOut {}
///
/// let error = FunctionError::from(SoldOut);
/// assert_eq!(error.error_type(), "SoldOut");
/// assert_eq!(error.message(), "nothing is left");
/// ```
///
/// An [`HttpError`] gives its code as the type. What led to an error goes to the
/// log and not to the caller.
///
/// As with [`HttpError`], the conversion from every error is why the type is
/// not itself a [`std::error::Error`].
pub struct FunctionError(Box<Inner>);

struct Inner {
    error_type: Cow<'static, str>,
    message: Cow<'static, str>,
    cause: Option<Cause>,
    /// The status with which a route of the WebSocket API answers.
    status: Option<StatusCode>,
    /// The headers beside it.
    headers: HeaderMap,
}

/// What the log says beside the message.
enum Cause {
    /// The error is this one.
    Itself(Box<dyn Error + Send + Sync>),
    /// This one led to the error.
    Source(Box<dyn Error + Send + Sync>),
}

impl FunctionError {
    /// An error of that type and message.
    pub fn new(
        error_type: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> FunctionError {
        FunctionError(Box::new(Inner {
            error_type: error_type.into(),
            message: message.into(),
            cause: None,
            status: None,
            headers: HeaderMap::new(),
        }))
    }

    /// The event is not what the handler takes.
    pub(crate) fn malformed_event(reason: impl fmt::Display) -> FunctionError {
        FunctionError::new("Chalice.MalformedEvent", reason.to_string())
    }

    /// The handler, or something around it, panicked.
    pub(crate) fn panicked(who: &str, message: &str) -> FunctionError {
        FunctionError::new("Chalice.Panic", format!("{who} panicked: {message}"))
    }

    /// An error whose type only its text tells.
    pub(crate) fn boxed(error: Box<dyn Error + Send + Sync>) -> FunctionError {
        FunctionError::of_error("Error".into(), error)
    }

    fn of_error(
        error_type: Cow<'static, str>,
        error: Box<dyn Error + Send + Sync>,
    ) -> FunctionError {
        let mut failure = FunctionError::new(error_type, error.to_string());
        failure.0.cause = Some(Cause::Itself(error));
        failure
    }

    /// The error with what led to it, for the log; the caller does not see it.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> FunctionError {
        self.0.cause = Some(Cause::Source(cause.into()));
        self
    }

    /// Lambda's `errorType`.
    pub fn error_type(&self) -> &str {
        &self.0.error_type
    }

    /// Lambda's `errorMessage`.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The status that the error had as an [`HttpError`] that the handler chose.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// What led to the error, outermost first.
    pub fn cause(&self) -> Option<&(dyn Error + 'static)> {
        match self.0.cause.as_ref()? {
            Cause::Itself(error) => error.source(),
            Cause::Source(error) => Some(&**error),
        }
    }
}

impl fmt::Debug for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FunctionError")
            .field("error_type", &self.error_type())
            .field("message", &self.message())
            .field("cause", &self.cause())
            .finish()
    }
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_type(), self.message())
    }
}

/// The name of an error's type, as Lambda's `errorType` has it: without its
/// path, because that changes when code moves; with it where the name says nothing.
pub(crate) fn short_type_name<E>() -> &'static str {
    let full = type_name::<E>();
    let path = full.split('<').next().unwrap_or(full);
    match path.rsplit("::").next() {
        Some(name) if name != "Error" && !name.is_empty() => name,
        _ => path,
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for FunctionError {
    fn from(error: E) -> FunctionError {
        FunctionError::of_error(short_type_name::<E>().into(), Box::new(error))
    }
}

impl From<HttpError> for FunctionError {
    fn from(error: HttpError) -> FunctionError {
        match error.into_reason() {
            Reason::Chosen {
                status,
                code,
                message,
                headers,
                cause,
            } => FunctionError(Box::new(Inner {
                error_type: code,
                message,
                cause: cause.map(Cause::Source),
                status: Some(status),
                headers,
            })),
            Reason::Unexpected { type_name, error } => {
                FunctionError::of_error(type_name.unwrap_or("Error".into()), error)
            }
        }
    }
}

/// The error as one of a route: a logged 500 that tells the client nothing.
impl From<FunctionError> for HttpError {
    fn from(error: FunctionError) -> HttpError {
        match error.status() {
            Some(status) => {
                let Inner {
                    error_type,
                    message,
                    headers,
                    cause,
                    ..
                } = *error.0;
                let mut answer = HttpError::new(status, error_type, message);
                for (name, value) in &headers {
                    answer = answer.with_header(name.clone(), value.clone());
                }
                match cause {
                    Some(Cause::Itself(cause) | Cause::Source(cause)) => answer.with_cause(cause),
                    None => answer,
                }
            }
            None => {
                let type_name = error.0.error_type.clone();
                HttpError::internal_of_type(type_name, Box::new(InvocationError(error)))
            }
        }
    }
}

/// An error type of yours that says how a function fails with it.
///
/// Every [`std::error::Error`] does, and so do [`HttpError`] and
/// [`FunctionError`]; implement it for a type that is none of these:
///
/// ```
/// use chalice_runtime::{FunctionError, IntoFunctionError};
///
/// enum OrderError {
///     SoldOut { article: String },
/// }
///
/// impl IntoFunctionError for OrderError {
///     fn into_function_error(self) -> FunctionError {
///         match self {
///             OrderError::SoldOut { article } => FunctionError::new("SoldOut", format!("{article} is sold out")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` does not say how a function fails with it",
    label = "no `IntoFunctionError` for `{Self}`",
    note = "return `chalice::Result<T>`: with `?`, it takes every `std::error::Error`",
    note = "or implement `std::error::Error` or `IntoFunctionError` for `{Self}`"
)]
pub trait IntoFunctionError {
    /// Error type, message and cause.
    fn into_function_error(self) -> FunctionError;
}

impl<E: Error + Send + Sync + 'static> IntoFunctionError for E {
    fn into_function_error(self) -> FunctionError {
        self.into()
    }
}

impl IntoFunctionError for HttpError {
    fn into_function_error(self) -> FunctionError {
        self.into()
    }
}

impl IntoFunctionError for FunctionError {
    fn into_function_error(self) -> FunctionError {
        self
    }
}
