//! Pages.

use std::borrow::Cow;

use crate::{IntoResponse, Response};

/// A page: status 200, `content-type: text/html; charset=utf-8`.
///
/// ```
/// use chalice_runtime::Html;
///
/// async fn index() -> Html<&'static str> {
///     Html("<!doctype html><title>hello</title><h1>hello</h1>")
/// }
/// ```
///
/// The text is sent as it is. What came from outside has to be escaped before
/// it becomes part of a page: a template engine does that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Html<T>(pub T);

impl<T: Into<Cow<'static, str>>> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        Response::html(self.0)
    }
}
