//! Errors that are answers.

use std::{borrow::Cow, convert::Infallible, error::Error, fmt};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::{Response, function::short_type_name, response::Cause, sensitive_headers};

/// What handlers and extractors return: `chalice::Result<T>`.
pub type Result<T, E = HttpError> = std::result::Result<T, E>;

/// An error that is an answer: a status and the JSON body
/// `{"Code": "NotFoundError", "Message": "no such city"}`.
///
/// The constructors are named after the error classes of AWS Chalice, and give its codes:
///
/// ```
/// use chalice_runtime::HttpError;
///
/// let error = HttpError::not_found("no such city");
/// assert_eq!(error.status(), 404);
/// assert_eq!(error.code(), "NotFoundError");
/// ```
///
/// With `?`, every other error becomes one of status 500 whose message tells
/// the client nothing; what happened goes to the log, with all its sources:
///
/// ```
/// fn read() -> chalice_runtime::Result<String> {
///     Ok(std::fs::read_to_string("/no/such/file")?)
/// }
/// let error = read().unwrap_err();
/// assert_eq!(error.status(), 500);
/// assert_eq!(error.message(), "An internal server error occurred.");
/// ```
///
/// That conversion is why the type is not itself a [`std::error::Error`].
pub struct HttpError(Box<Inner>);

/// Why there is an [`HttpError`].
pub(crate) enum Reason {
    /// Somebody chose the answer.
    Chosen {
        status: StatusCode,
        code: Cow<'static, str>,
        message: Cow<'static, str>,
        headers: HeaderMap,
        cause: Option<Box<dyn Error + Send + Sync>>,
    },
    /// An error of another type became a 500.
    Unexpected {
        type_name: Option<Cow<'static, str>>,
        error: Box<dyn Error + Send + Sync>,
    },
}

struct Inner {
    status: StatusCode,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    headers: HeaderMap,
    cause: Option<Box<dyn Error + Send + Sync>>,
    /// Whether nobody chose this answer: an error of another kind became it.
    unexpected: bool,
    /// The name of that error's type, if it was known.
    cause_type: Option<Cow<'static, str>>,
}

impl HttpError {
    /// An error of that status, code and message.
    ///
    /// ```
    /// use chalice_runtime::{HttpError, StatusCode};
    ///
    /// HttpError::new(StatusCode::PAYMENT_REQUIRED, "PaymentRequiredError", "the trial is over");
    /// ```
    pub fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> HttpError {
        HttpError(Box::new(Inner {
            status,
            code: code.into(),
            message: message.into(),
            headers: HeaderMap::new(),
            cause: None,
            unexpected: false,
            cause_type: None,
        }))
    }

    /// 400 `BadRequestError`
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(StatusCode::BAD_REQUEST, "BadRequestError", message)
    }

    /// 401 `UnauthorizedError`: the client has not said who it is.
    pub fn unauthorized(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(StatusCode::UNAUTHORIZED, "UnauthorizedError", message)
    }

    /// 403 `ForbiddenError`: the client may not do that.
    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(StatusCode::FORBIDDEN, "ForbiddenError", message)
    }

    /// 404 `NotFoundError`
    pub fn not_found(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(StatusCode::NOT_FOUND, "NotFoundError", message)
    }

    /// 405 `MethodNotAllowedError`
    pub fn method_not_allowed(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "MethodNotAllowedError",
            message,
        )
    }

    /// 408 `RequestTimeoutError`
    pub fn request_timeout(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(StatusCode::REQUEST_TIMEOUT, "RequestTimeoutError", message)
    }

    /// 409 `ConflictError`
    pub fn conflict(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(StatusCode::CONFLICT, "ConflictError", message)
    }

    /// 422 `UnprocessableEntityError`
    pub fn unprocessable_entity(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "UnprocessableEntityError",
            message,
        )
    }

    /// 429 `TooManyRequestsError`
    pub fn too_many_requests(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(
            StatusCode::TOO_MANY_REQUESTS,
            "TooManyRequestsError",
            message,
        )
    }

    /// 500 `ChaliceViewError`: a failure whose message the client may see.
    pub fn view_error(message: impl Into<Cow<'static, str>>) -> HttpError {
        HttpError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "ChaliceViewError",
            message,
        )
    }

    /// 500 `InternalServerError`: a failure that the client learns nothing about.
    pub(crate) fn internal() -> HttpError {
        HttpError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerError",
            "An internal server error occurred.",
        )
    }

    /// [`HttpError::internal`] because of `cause`.
    pub(crate) fn internal_because(cause: Box<dyn Error + Send + Sync>) -> HttpError {
        let mut error = HttpError::internal();
        error.0.cause = Some(cause);
        error.0.unexpected = true;
        error
    }

    /// Why there is an error, for a function that is not the API's.
    pub(crate) fn into_reason(self) -> Reason {
        match *self.0 {
            Inner {
                unexpected: true,
                cause: Some(error),
                cause_type: type_name,
                ..
            } => Reason::Unexpected { type_name, error },
            Inner {
                status,
                code,
                message,
                headers,
                cause,
                ..
            } => Reason::Chosen {
                status,
                code,
                message,
                headers,
                cause,
            },
        }
    }

    /// [`HttpError::internal`] because of `error`, whose type has that name.
    pub(crate) fn internal_of_type(
        type_name: impl Into<Cow<'static, str>>,
        error: Box<dyn Error + Send + Sync>,
    ) -> HttpError {
        let mut answer = HttpError::internal_because(error);
        answer.0.cause_type = Some(type_name.into());
        answer
    }

    /// The answer with one more header: `WWW-Authenticate` beside a 401, `Retry-After` beside a 429.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> HttpError {
        self.0.headers.append(name, value);
        self
    }

    /// The error with what led to it, for the log; the client does not see it.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> HttpError {
        self.0.cause = Some(cause.into());
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The answer's `Code`.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The answer's `Message`.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What led to the error, if it was made from another one.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }

    /// The answer.
    pub(crate) fn respond(self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            #[serde(rename = "Code")]
            code: &'a str,
            #[serde(rename = "Message")]
            message: &'a str,
        }
        let Inner {
            status,
            code,
            message,
            headers,
            cause,
            unexpected,
            ..
        } = *self.0;
        let mut response = Response::json(&Body {
            code: &code,
            message: &message,
        })
        .with_status(status);
        for (name, value) in &headers {
            response.headers_mut().append(name, value.clone());
        }
        sensitive_headers::mark(response.headers_mut());
        response.because(cause.map(if unexpected {
            Cause::Unexpected
        } else {
            Cause::Reported
        }))
    }
}

impl fmt::Debug for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpError")
            .field("status", &self.0.status.as_u16())
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.message)
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for HttpError {
    fn from(error: E) -> HttpError {
        HttpError::internal_of_type(short_type_name::<E>(), Box::new(error))
    }
}

/// An error type of yours that is an answer.
///
/// A handler that returns `Result<T, E>` needs it of `E`:
///
/// ```
/// use chalice_runtime::{HttpError, IntoHttpError, Json};
///
/// enum ShopError {
///     SoldOut { article: String },
///     Database(std::io::Error),
/// }
///
/// impl IntoHttpError for ShopError {
///     fn into_http_error(self) -> HttpError {
///         match self {
///             ShopError::SoldOut { article } => HttpError::conflict(format!("{article} is sold out")),
///             ShopError::Database(error) => error.into(),
///         }
///     }
/// }
///
/// async fn buy() -> Result<Json<u64>, ShopError> {
///     Err(ShopError::SoldOut { article: "the last one".to_owned() })
/// }
/// ```
///
/// Mind the return type. In a function that returns `chalice::Result<T>` the
/// operator `?` uses `From`, not this trait: a type that implements
/// [`std::error::Error`] becomes a 500 there. Return `Result<T, ShopError>`,
/// or convert by hand.
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` does not say how it is answered",
    label = "no `IntoHttpError` for `{Self}`",
    note = "return `chalice::Result<T>`: with `?`, every `std::error::Error` becomes a logged 500 there",
    note = "or implement `IntoHttpError` for `{Self}` to choose status, code and message"
)]
pub trait IntoHttpError {
    /// The answer.
    fn into_http_error(self) -> HttpError;
}

impl IntoHttpError for HttpError {
    fn into_http_error(self) -> HttpError {
        self
    }
}

impl IntoHttpError for Infallible {
    fn into_http_error(self) -> HttpError {
        match self {}
    }
}

impl IntoHttpError for Box<dyn Error + Send + Sync> {
    fn into_http_error(self) -> HttpError {
        HttpError::internal_because(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_of_chalice() {
        for (error, status, code) in [
            (HttpError::bad_request("m"), 400, "BadRequestError"),
            (HttpError::unauthorized("m"), 401, "UnauthorizedError"),
            (HttpError::forbidden("m"), 403, "ForbiddenError"),
            (HttpError::not_found("m"), 404, "NotFoundError"),
            (
                HttpError::method_not_allowed("m"),
                405,
                "MethodNotAllowedError",
            ),
            (HttpError::request_timeout("m"), 408, "RequestTimeoutError"),
            (HttpError::conflict("m"), 409, "ConflictError"),
            (
                HttpError::unprocessable_entity("m"),
                422,
                "UnprocessableEntityError",
            ),
            (
                HttpError::too_many_requests("m"),
                429,
                "TooManyRequestsError",
            ),
            (HttpError::view_error("m"), 500, "ChaliceViewError"),
        ] {
            assert_eq!((error.status().as_u16(), error.code()), (status, code));
            let (response, cause) = error.respond().checked();
            assert!(cause.is_none());
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()["content-type"], "application/json");
            assert_eq!(
                response.body(),
                &format!(r#"{{"Code":"{code}","Message":"m"}}"#)
            );
        }
    }

    #[test]
    fn headers_and_causes_travel_with_the_error() {
        let error = HttpError::too_many_requests("slow down")
            .with_header(http::header::RETRY_AFTER, HeaderValue::from_static("3"))
            .with_cause("the bucket is empty");
        assert!(format!("{error:?}").contains("the bucket is empty"));
        assert_eq!(error.to_string(), "TooManyRequestsError: slow down");
        let (response, cause) = error.respond().checked();
        assert_eq!(response.headers()["retry-after"], "3");
        assert_eq!(cause.unwrap().to_string(), "the bucket is empty");
    }

    #[test]
    fn what_nobody_chose_is_unexpected() {
        let other: HttpError = std::io::Error::other("no disk").into();
        assert!(other.respond().is_unexpected());
        let chosen = HttpError::view_error("the disk is full").with_cause("no disk");
        assert!(!chosen.respond().is_unexpected());
        assert!(!HttpError::internal().respond().is_unexpected());
    }

    #[test]
    fn a_result_stays_small() {
        assert_eq!(size_of::<Result<()>>(), size_of::<usize>());
    }
}
