//! Extractors: what a handler's arguments are made from.

mod absent;
mod body;
mod form;
mod json;
mod parts;
mod query;

use std::future::Future;

pub use form::Form;
pub use json::Json;
pub use query::Query;

use crate::{Request, Result};

/// A type that a handler can take as an argument.
///
/// An extractor that needs nothing of the app's state works in every app:
///
/// ```
/// use chalice_runtime::{FromRequest, HttpError, Request, Result};
///
/// /// The name of the client, from the `user-agent` header.
/// struct UserAgent(String);
///
/// impl<S: Sync + 'static> FromRequest<S> for UserAgent {
///     async fn from_request(request: &Request, _: &'static S) -> Result<UserAgent> {
///         match request.header("user-agent") {
///             Some(name) => Ok(UserAgent(name.to_owned())),
///             None => Err(HttpError::bad_request("the header `User-Agent` is required")),
///         }
///     }
/// }
/// ```
///
/// One that does says so with [`Provide`](crate::Provide), and works in every app whose state
/// has that part:
///
/// ```
/// use chalice_runtime::{FromRequest, HttpError, Provide, Request, Result};
///
/// struct Db;
///
/// impl Db {
///     async fn session(&self, _token: &str) -> Result<Option<String>, std::io::Error> {
///         Ok(Some("alice".to_owned()))
///     }
/// }
///
/// struct CurrentUser(String);
///
/// impl<S: Provide<Db>> FromRequest<S> for CurrentUser {
///     async fn from_request(request: &Request, state: &'static S) -> Result<CurrentUser> {
///         let token = request.header("authorization").unwrap_or_default();
///         let db: &Db = state.provide();
///         match db.session(token).await? {
///             Some(name) => Ok(CurrentUser(name)),
///             None => Err(HttpError::unauthorized("log in first")),
///         }
///     }
///
///     // `Option<CurrentUser>` is `None` for a request without the header;
///     // a header with an unknown token is an error all the same.
///     fn is_absent(request: &Request) -> bool {
///         request.header("authorization").is_none()
///     }
/// }
/// ```
///
/// Implement the trait for every `S` that has what you need, as above, and not for the
/// state of one app: handlers are checked before an app lists them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a handler",
    label = "not an extractor, and the route has no placeholder of this argument's name",
    note = "extractors: `&Request`, `Json<T>`, `Form<T>`, `Query<T>`, `HeaderMap`, `Cookies`, `Bytes`, `State<T>`, `LambdaContext`, `WebsocketApi` (feature `websockets`), or `Option`/`Result` of one",
    note = "for `Json<T>`, `Form<T>`, `Query<T>`: `T` must implement `serde::de::DeserializeOwned`",
    note = "write your own by implementing `FromRequest<S>` for every state `S`, not for the state of one app"
)]
pub trait FromRequest<S: 'static>: Sized {
    /// Whether the extractor reads the request's body; a handler takes at most one that does.
    #[doc(hidden)]
    const BODY: bool = false;

    /// Makes the argument. An error is the answer: the handler does not run.
    fn from_request(
        request: &Request,
        state: &'static S,
    ) -> impl Future<Output = Result<Self>> + Send;

    /// Whether the request has nothing at all of what the extractor reads, so
    /// that an argument of type `Option<Self>` is `None`.
    ///
    /// Something that is there but cannot be read is not absent: then
    /// `Option<Self>` fails as `Self` does. Without an own implementation
    /// nothing counts as absent, and `Option<Self>` is never `None`.
    fn is_absent(request: &Request) -> bool {
        let _ = request;
        false
    }
}

#[cfg(test)]
mod tests;
