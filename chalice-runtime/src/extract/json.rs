//! JSON, in and out.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use crate::{FromRequest, Request, Result};

/// A value that travels as JSON: as an argument, the request's body; as a
/// return value, the response's.
///
/// ```
/// use chalice_runtime::Json;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct User {
///     name: String,
/// }
///
/// async fn create(user: Json<User>) -> Json<User> {
///     user
/// }
/// ```
///
/// A body that is not JSON, or not JSON of a `T`, is answered with status 400.
/// `Option<Json<T>>` is `None` for a request without a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Json<T> {
        Json(value)
    }
}

impl<S: Sync + 'static, T: DeserializeOwned> FromRequest<S> for Json<T> {
    const BODY: bool = true;

    async fn from_request(request: &Request, _: &'static S) -> Result<Json<T>> {
        request.json().map(Json)
    }

    fn is_absent(request: &Request) -> bool {
        request.has_no_body()
    }
}
