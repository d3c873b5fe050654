//! The query string, as a type of the user's.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use crate::{FromRequest, Request, Result};

/// The parameters of the request's query string, as a struct.
///
/// ```
/// use chalice_runtime::Query;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Paging {
///     #[serde(default)]
///     page: u32,
///     limit: Option<u32>,
///     #[serde(default)]
///     tag: Vec<String>,
/// }
///
/// async fn list(query: Query<Paging>) -> String {
///     format!("page {} of what is tagged {:?}", query.page, query.tag)
/// }
/// ```
///
/// A list takes every value of a parameter that is repeated. Parameters that
/// do not fit are answered with status 400. `Option<Query<T>>` is `None` for a request without
/// query parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Query<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<S: Sync + 'static, T: DeserializeOwned> FromRequest<S> for Query<T> {
    async fn from_request(request: &Request, _: &'static S) -> Result<Query<T>> {
        request.query().deserialize().map(Query)
    }

    fn is_absent(request: &Request) -> bool {
        request.query().is_empty()
    }
}
