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
