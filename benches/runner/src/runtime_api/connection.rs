//! As much of HTTP/1.1 (RFC 9112) as runtimes speak.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, SystemTime},
};

/// How long an invocation may take, as the runtime is told.
const TIMEOUT: Duration = Duration::from_secs(300);

/// A connection that a runtime has opened.
pub(super) struct Connection {
    reader: BufReader<TcpStream>,
    written: Vec<u8>,
}

/// A request, complete.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

/// The request id of an invocation.
pub(super) fn request_id(number: usize) -> String {
    format!("8476a536-e9f4-11e8-9739-{number:012}")
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> io::Result<Connection> {
        // Without this, small answers wait for the runtime's acknowledgement.
        stream.set_nodelay(true)?;
        Ok(Connection {
            reader: BufReader::with_capacity(64 * 1024, stream),
            written: Vec::new(),
        })
    }

    /// The next request; nothing after the last one. An error says what is wrong with it.
    pub(super) fn read(&mut self) -> Result<Option<Request>, String> {
        let Some(line) = self.line() else {
            return Ok(None);
        };
        let mut words = line.split(' ');
        let (Some(method), Some(path), Some("HTTP/1.1")) =
            (words.next(), words.next(), words.next())
        else {
            return Err(format!("begins a request with {line:?}"));
        };
        let (method, path) = (method.to_owned(), path.to_owned());
        let mut length = 0;
        loop {
            let line = self.line().ok_or("ends a request in its headers")?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value
                    .trim()
                    .parse()
                    .map_err(|error| format!("sends a body of the length {value}: {error}"))?;
            }
            if name.eq_ignore_ascii_case("transfer-encoding") {
                return Err("streams an answer".to_owned());
            }
        }
        let mut body = vec![0; length];
        self.reader
            .read_exact(&mut body)
            .map_err(|error| format!("ends a request in its body: {error}"))?;
        Ok(Some(Request { method, path, body }))
    }

    /// A line without its end; nothing at the end of the connection.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line) {
            Ok(length) if length > 0 => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
            // A process that was ended closes its connections.
            _ => None,
        }
    }

    /// Answers with an event, in one write.
    pub(super) fn write_event(&mut self, number: usize, event: &[u8]) -> io::Result<()> {
        let deadline = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default() + TIMEOUT;
        self.written.clear();
        write!(
            self.written,
            "HTTP/1.1 200 OK\r\n\
             Content-Type: application/json\r\n\
             Lambda-Runtime-Aws-Request-Id: {}\r\n\
             Lambda-Runtime-Deadline-Ms: {}\r\n\
             Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:123456789012:function:hello\r\n\
             Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n\
             Content-Length: {}\r\n\r\n",
            request_id(number),
            deadline.as_millis(),
            event.len(),
        )?;
        self.written.extend_from_slice(event);
        self.reader.get_mut().write_all(&self.written)
    }

    /// Answers that the runtime's answer is taken.
    pub(super) fn write_accepted(&mut self) -> io::Result<()> {
        self.reader.get_mut().write_all(
            b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n",
        )
    }
}
