//! Return values that set headers beside what they carry.

use std::error::Error;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::{IntoResponse, Response};

/// The response of the second, with the headers of the first in place of those
/// of the same names. A name that the first has twice is sent twice.
///
/// ```
/// use chalice_runtime::{HeaderName, Json, http::header::CACHE_CONTROL};
///
/// async fn rates() -> ([(HeaderName, &'static str); 1], Json<[u32; 2]>) {
///     ([(CACHE_CONTROL, "max-age=60")], Json([3, 5]))
/// }
/// ```
///
/// What [`Response::with_header`] says of names and values holds here too.
impl<N, V, const COUNT: usize, T> IntoResponse for ([(N, V); COUNT], T)
where
    N: TryInto<HeaderName, Error: Error + Send + Sync + 'static>,
    V: TryInto<HeaderValue, Error: Error + Send + Sync + 'static>,
    T: IntoResponse,
{
    fn into_response(self) -> Response {
        let (headers, value) = self;
        let given = Response::new(StatusCode::OK);
        let given = headers.into_iter().fold(given, |given, (name, value)| {
            given.with_appended_header(name, value)
        });
        let Response { headers, cause, .. } = given;
        let mut response = (headers, value).into_response();
        if let Some(cause) = cause {
            // An invalid header outweighs what else there is to say.
            response.cause = Some(cause);
        }
        response
    }
}

/// The response of the third, with the headers of the second and the status of the first.
impl<N, V, const COUNT: usize, T> IntoResponse for (StatusCode, [(N, V); COUNT], T)
where
    ([(N, V); COUNT], T): IntoResponse,
{
    fn into_response(self) -> Response {
        (self.1, self.2).into_response().with_status(self.0)
    }
}

/// The response of the second, with the headers of the first in place of those of the same names.
impl<T: IntoResponse> IntoResponse for (HeaderMap, T) {
    fn into_response(self) -> Response {
        let (headers, value) = self;
        let mut response = value.into_response();
        for name in headers.keys() {
            response.headers.remove(name);
        }
        for (name, value) in &headers {
            response.headers.append(name.clone(), value.clone());
        }
        response
    }
}

/// The response of the third, with the headers of the second and the status of the first.
impl<T: IntoResponse> IntoResponse for (StatusCode, HeaderMap, T) {
    fn into_response(self) -> Response {
        (self.1, self.2).into_response().with_status(self.0)
    }
}

#[cfg(test)]
mod tests {
    use http::header::{CONTENT_TYPE, SET_COOKIE, VARY};

    use super::*;

    #[test]
    fn headers_replace_those_of_the_value() {
        let headers = [
            (CONTENT_TYPE, "text/csv"),
            (SET_COOKIE, "a=1"),
            (SET_COOKIE, "b=2"),
        ];
        let response = (StatusCode::CREATED, headers, "1,2").into_response();
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/csv");
        assert!(
            response
                .headers()
                .get_all(SET_COOKIE)
                .iter()
                .eq(["a=1", "b=2"])
        );

        let mut map = HeaderMap::new();
        map.append(VARY, HeaderValue::from_static("origin"));
        map.append(VARY, HeaderValue::from_static("accept"));
        let value = Response::text("x").with_header("vary", "cookie");
        let response = (StatusCode::ACCEPTED, map, value).into_response();
        assert_eq!(
            (response.status().as_u16(), response.body().as_ref()),
            (202, &b"x"[..])
        );
        assert!(
            response
                .headers()
                .get_all(VARY)
                .iter()
                .eq(["origin", "accept"])
        );
        assert_eq!(
            response.headers()[CONTENT_TYPE],
            "text/plain; charset=utf-8"
        );
    }

    #[test]
    fn what_is_no_header_is_a_500() {
        for response in [
            ([("x-a", "b\r\nc: d")], "fine").into_response(),
            (StatusCode::OK, [("x a", "b"), ("x-c", "d")], "fine").into_response(),
        ] {
            let (response, cause) = response.checked();
            assert_eq!(response.status(), 500);
            assert!(cause.is_some());
        }
    }
}
