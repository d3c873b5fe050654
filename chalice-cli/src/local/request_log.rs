//! One line per request, and per event of a WebSocket API.

use std::io::Write as _;
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
        write_line(line);
    }
}

/// `GET /cities/seattle 200 12 B 1.3 ms`. The query is left out: it may hold secrets.
fn line(method: &Method, uri: &Uri, status: StatusCode, bytes: usize, elapsed: Duration) -> String {
    let (milliseconds, tenth) = milliseconds(elapsed);
    format!(
        "{method} {} {} {bytes} B {milliseconds}.{tenth} ms",
        uri.path(),
        status.as_u16()
    )
}

/// Writes the line of a connection that was opened.
pub(super) fn connected(connection_id: &str, start: Instant) {
    write_line(event_line("CONNECT", connection_id, "101", start.elapsed()));
}

/// Writes the line of a connection that is gone.
pub(super) fn disconnected(connection_id: &str, status_code: u16, start: Instant) {
    let code = status_code.to_string();
    let line = event_line("DISCONNECT", connection_id, &code, start.elapsed());
    write_line(line);
}

/// A message that is in its function.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) connection_id: String,
    pub(super) bytes: usize,
    /// When the message came.
    pub(super) start: Instant,
}

impl Message {
    /// Writes the line, now that the function has ended.
    pub(super) fn write(&self, route_key: &str) {
        let details = format!("{route_key} {} B", self.bytes);
        let elapsed = self.start.elapsed();
        let line = event_line("MESSAGE", &self.connection_id, &details, elapsed);
        write_line(line);
    }
}

/// `MESSAGE L0SM9cOFvHcCIhw= $default 12 B 1.3 ms`. What was said is left out.
fn event_line(event: &str, connection_id: &str, details: &str, elapsed: Duration) -> String {
    let (milliseconds, tenth) = milliseconds(elapsed);
    format!("{event} {connection_id} {details} {milliseconds}.{tenth} ms")
}

/// Milliseconds and their first decimal, rounded.
fn milliseconds(elapsed: Duration) -> (u128, u128) {
    let tenths = (elapsed.as_micros() + 50) / 100;
    (tenths / 10, tenths % 10)
}

/// Writes the line as a whole: the app's processes write to the same place.
fn write_line(mut line: String) {
    line.push('\n');
    // A standard error that is closed is no reason to stop serving.
    let _ = std::io::stderr().write_all(line.as_bytes());
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

    #[test]
    fn times_are_rounded() {
        let text = |microseconds| {
            let (milliseconds, tenth) = milliseconds(Duration::from_micros(microseconds));
            format!("{milliseconds}.{tenth}")
        };
        let texts = [0, 49, 50, 999, 1000, 12_345_678].map(text);
        assert_eq!(texts, ["0.0", "0.0", "0.1", "1.0", "1.0", "12345.7"]);
    }

    #[test]
    fn an_event() {
        let elapsed = Duration::from_micros(1340);
        assert_eq!(
            event_line("MESSAGE", "L0SM9cOFvHcCIhw=", "join 12 B", elapsed),
            "MESSAGE L0SM9cOFvHcCIhw= join 12 B 1.3 ms"
        );
    }
}
