//! Extractors that may find nothing, and extractors that may fail.

use crate::{FromRequest, HttpError, Request, Result};

/// `None` when the request has nothing of what `T` reads: no body for `Json`,
/// `Form` and `Bytes`, no query string for `Query`. What is there
/// but wrong is an error, as it is for `T`. See [`FromRequest::is_absent`].
impl<S: Sync + 'static, T: FromRequest<S>> FromRequest<S> for Option<T> {
    const BODY: bool = T::BODY;

    async fn from_request(request: &Request, state: &'static S) -> Result<Option<T>> {
        if T::is_absent(request) {
            return Ok(None);
        }
        T::from_request(request, state).await.map(Some)
    }
}

/// What `T` makes of the request, for the handler to decide about: it runs, whatever came.
impl<S: Sync + 'static, T: FromRequest<S>> FromRequest<S> for Result<T, HttpError> {
    const BODY: bool = T::BODY;

    async fn from_request(request: &Request, state: &'static S) -> Result<Result<T, HttpError>> {
        Ok(T::from_request(request, state).await)
    }

    fn is_absent(request: &Request) -> bool {
        T::is_absent(request)
    }
}
