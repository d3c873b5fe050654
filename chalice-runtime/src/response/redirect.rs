//! Answers that send the client elsewhere.

use http::{StatusCode, header::LOCATION};

use crate::{IntoResponse, Response};

/// A redirection to another address.
///
/// ```
/// use chalice_runtime::Redirect;
///
/// async fn create() -> Redirect {
///     Redirect::to("/orders/17")
/// }
/// ```
///
/// The address is sent as given. One that is not a header value, such as one
/// with a line break, makes the response a logged 500.
#[derive(Clone, Debug)]
pub struct Redirect {
    status: StatusCode,
    location: String,
}

impl Redirect {
    /// 303 See Other: get that address instead, whatever the method was.
    pub fn to(location: impl Into<String>) -> Redirect {
        Redirect {
            status: StatusCode::SEE_OTHER,
            location: location.into(),
        }
    }

    /// 307 Temporary Redirect: repeat the request there.
    pub fn temporary(location: impl Into<String>) -> Redirect {
        Redirect {
            status: StatusCode::TEMPORARY_REDIRECT,
            location: location.into(),
        }
    }

    /// 308 Permanent Redirect: repeat the request there, now and ever after.
    pub fn permanent(location: impl Into<String>) -> Redirect {
        Redirect {
            status: StatusCode::PERMANENT_REDIRECT,
            location: location.into(),
        }
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        Response::new(self.status).with_header(LOCATION, self.location)
    }
}
