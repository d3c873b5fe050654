//! One line per request.

use std::time::Duration;

use http::{Method, StatusCode, Uri};

/// Writes a request's line to the standard error.
pub(super) fn write(
    method: &Method,
    uri: &Uri,
    status: StatusCode,
    bytes: usize,
    elapsed: Duration,
) {
    eprintln!("{}", line(method, uri, status, bytes, elapsed));
}

/// `GET /cities/seattle 200 12 B 1.3 ms`. The query is left out: it may hold secrets.
fn line(method: &Method, uri: &Uri, status: StatusCode, bytes: usize, elapsed: Duration) -> String {
    let milliseconds = elapsed.as_secs_f64() * 1000.0;
    format!(
        "{method} {} {} {bytes} B {milliseconds:.1} ms",
        uri.path(),
        status.as_u16()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line() {
        let uri = Uri::from_static("/cities/seattle?token=secret");
        assert_eq!(
            line(
                &Method::GET,
                &uri,
                StatusCode::OK,
                12,
                Duration::from_micros(1340)
            ),
            "GET /cities/seattle 200 12 B 1.3 ms"
        );
    }
}
