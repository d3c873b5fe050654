//! One line per request.

use std::time::{Duration, Instant};

use http::{Method, StatusCode, Uri};

/// A request whose response is on its way.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) status: StatusCode,
    /// When the request came.
    pub(super) start: Instant,
}

impl Line {
    /// Writes the line to the standard error, now that the response's body of
    /// this many bytes is known.
    pub(super) fn write(&self, bytes: usize) {
        let elapsed = self.start.elapsed();
        let line = line(&self.method, &self.uri, self.status, bytes, elapsed);
        eprintln!("{line}");
    }
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
