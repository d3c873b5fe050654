//! The request's body, as it is.

use bytes::Bytes;

use crate::{FromRequest, Request, Result};

/// The body, base64-decoded where API Gateway encoded it; empty when there is none.
impl<S: Sync + 'static> FromRequest<S> for Bytes {
    const BODY: bool = true;

    async fn from_request(request: &Request, _: &'static S) -> Result<Bytes> {
        request.body().cloned()
    }

    fn is_absent(request: &Request) -> bool {
        request.has_no_body()
    }
}

/// The body as text; empty when there is none. One that is not UTF-8 is answered with status 400.
impl<S: Sync + 'static> FromRequest<S> for String {
    const BODY: bool = true;

    async fn from_request(request: &Request, _: &'static S) -> Result<String> {
        request.text().map(str::to_owned)
    }

    fn is_absent(request: &Request) -> bool {
        request.has_no_body()
    }
}
