//! Headers whose values are secrets.

use std::fmt;

use http::{
    HeaderMap, HeaderName,
    header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE},
};

/// Whether whoever reads the value of such a header can act as somebody else.
/// What these values print as with `{:?}` is `Sensitive`.
pub(crate) fn is_sensitive(name: &HeaderName) -> bool {
    [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE].contains(name)
        || ["x-api-key", "x-amz-security-token"].contains(&name.as_str())
}

/// Marks the values of such headers.
pub(crate) fn mark(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        if is_sensitive(name) {
            value.set_sensitive(true);
        }
    }
}

/// Headers as `{:?}` may show them, also where the app has made the values itself.
pub(crate) struct Redacted<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut headers = self.0.clone();
        mark(&mut headers);
        headers.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, header::SET_COOKIE};

    use crate::{HttpError, IntoResponse, Response};

    #[test]
    fn secrets_of_a_response_are_not_shown() {
        let response = Response::text("")
            .with_header("Set-Cookie", "session=secret")
            .with_appended_header("set-cookie", "other=secret")
            .with_header("x-shown", "17");
        let headers = format!("{:?}", response.headers());
        assert!(headers.contains(r#""x-shown": "17""#), "{headers}");
        assert!(!headers.contains("secret"), "{headers}");

        let mut response = response;
        response
            .headers_mut()
            .insert("x-api-key", HeaderValue::from_static("secret"));
        let response = format!("{response:?}");
        assert!(response.contains(r#""x-api-key": Sensitive"#), "{response}");
        assert!(!response.contains("secret"), "{response}");
    }

    #[test]
    fn secrets_of_errors_and_of_other_responses_are_not_shown() {
        let error = HttpError::unauthorized("who are you?")
            .with_header(SET_COOKIE, HeaderValue::from_static("secret"));
        let other = http::Response::builder()
            .header("set-cookie", "secret")
            .body(lambda_http::Body::Empty)
            .unwrap();
        for response in [error.into_response(), other.into_response()] {
            let headers = format!("{:?}", response.headers());
            assert!(headers.contains("Sensitive"), "{headers}");
            assert!(!headers.contains("secret"), "{headers}");
        }
    }

    #[test]
    fn what_a_value_is_marked_as_it_stays() {
        let mut value = HeaderValue::from_static("secret");
        value.set_sensitive(true);
        let response = Response::text("").with_header("x-token", value);
        assert!(!format!("{response:?}").contains("secret"));
    }
}
