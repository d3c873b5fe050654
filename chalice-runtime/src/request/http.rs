//! A request as the type that the rest of Rust's HTTP world knows.

use std::sync::OnceLock;

use bytes::Bytes;
use http::{Uri, uri::PathAndQuery};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::Request;
use crate::Body;

/// What cannot stand in a path as it is; `%` can, because it begins what is encoded already.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

impl Request {
    /// The request for tower layers. Its URI is a path and a query, without a
    /// host: the `Host` header is whatever the client says.
    pub(crate) fn to_http(&self) -> http::Request<Body> {
        let body = self.body().cloned().unwrap_or_default();
        let mut request = http::Request::new(Body::from(body));
        *request.method_mut() = self.method.clone();
        *request.headers_mut() = self.headers().clone();
        *request.uri_mut() = self.uri();
        request
    }

    /// Takes over what layers may have changed: headers and body.
    pub(crate) fn take_from(&mut self, headers: http::HeaderMap, body: Option<Bytes>) {
        self.headers = OnceLock::from(headers);
        self.cookies = OnceLock::new();
        // A body that could not be read came through the layers as an empty one,
        // and must not become a valid one that way.
        let unreadable = matches!(self.body.get(), Some(Err(_)));
        if let Some(body) = body
            && !(unreadable && body.is_empty())
        {
            self.body = OnceLock::from(Ok(body));
        }
    }

    fn uri(&self) -> Uri {
        let mut text = utf8_percent_encode(self.path(), NOT_IN_PATH).to_string();
        let query = self.query();
        if !query.is_empty() {
            text.push('?');
            let mut pairs = form_urlencoded::Serializer::new(String::new());
            for (name, value) in query.iter() {
                pairs.append_pair(name, value);
            }
            text.push_str(&pairs.finish());
        }
        match PathAndQuery::try_from(text) {
            Ok(path_and_query) => Uri::from(path_and_query),
            // What no URI can hold is still the handler's, in the request itself.
            Err(_) => Uri::from_static("/"),
        }
    }
}
