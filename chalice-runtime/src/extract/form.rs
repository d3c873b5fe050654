//! HTML forms, as a type of the user's.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use crate::{FromRequest, Request, Result};

/// The fields of a form, sent as `application/x-www-form-urlencoded` in the request's body.
///
/// A route takes only `application/json` unless it says otherwise, so a form's
/// handler has to: `#[route("/login", methods = [POST], content_types = ["application/x-www-form-urlencoded"])]`.
///
/// Fields that do not fit are answered with status 400, a body of another
/// content type with 415. `Option<Form<T>>` is `None` for a request without a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

impl<T> Form<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Form<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Form<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<S: Sync + 'static, T: DeserializeOwned> FromRequest<S> for Form<T> {
    const BODY: bool = true;

    async fn from_request(request: &Request, _: &'static S) -> Result<Form<T>> {
        request.form().map(Form)
    }

    fn is_absent(request: &Request) -> bool {
        request.has_no_body()
    }
}
