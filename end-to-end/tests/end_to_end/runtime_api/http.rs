//! As much of HTTP/1.1 (RFC 9112) as runtimes speak.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// A connection that a runtime has opened.
pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

/// A request, complete.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The headers behind a body in chunks.
    pub(crate) trailers: Vec<(String, String)>,
}

impl Request {
    /// The first header of that name, which is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known == name)?;
        Some(value)
    }
}

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> Connection {
        // Without this, small answers wait for the runtime's acknowledgement.
        stream.set_nodelay(true).unwrap();
        Connection {
            writer: stream.try_clone().unwrap(),
            reader: BufReader::new(stream),
        }
    }

    /// The next request; `None` after the last one. An error says what is wrong with it.
    pub(crate) fn read(&mut self) -> Result<Option<Request>, String> {
        let Some(line) = self.line() else {
            return Ok(None);
        };
        let mut words = line.split(' ');
        let (Some(method), Some(path), Some("HTTP/1.1"), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(format!("a request begins with {line:?}"));
        };
        let mut request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: self.headers()?,
            body: Vec::new(),
            trailers: Vec::new(),
        };
        if request.header("host").is_none() {
            return Err("a request without the header Host (RFC 9112, 3.2)".to_owned());
        }
        let chunked = request
            .header("transfer-encoding")
            .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        if chunked {
            loop {
                let size = self.line().unwrap_or_default();
                let size = size.split(';').next().unwrap_or_default();
                let size = usize::from_str_radix(size, 16)
                    .map_err(|error| format!("a chunk of the size {size:?}: {error}"))?;
                if size == 0 {
                    break;
                }
                request.body.extend(self.bytes(size)?);
                self.line();
            }
            request.trailers = self.headers()?;
        } else if let Some(length) = request.header("content-length") {
            let length = length
                .parse()
                .map_err(|error| format!("a body of the length {length:?}: {error}"))?;
            request.body = self.bytes(length)?;
        } else if request.method == "POST" {
            return Err("a POST request without a body".to_owned());
        }
        Ok(Some(request))
    }

    /// A line without its end; `None` at the end of the connection.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line) {
            Ok(length) if length > 0 => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
            // A runtime that was ended closes its connections.
            _ => None,
        }
    }

    fn headers(&mut self) -> Result<Vec<(String, String)>, String> {
        let mut headers = Vec::new();
        loop {
            let line = self.line().ok_or("a request ends in its headers")?;
            if line.is_empty() {
                return Ok(headers);
            }
            let Some((name, value)) = line.split_once(':') else {
                return Err(format!("{line:?} is no header"));
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn bytes(&mut self, length: usize) -> Result<Vec<u8>, String> {
        let mut bytes = vec![0; length];
        self.reader
            .read_exact(&mut bytes)
            .map_err(|error| format!("a request ends in its body: {error}"))?;
        Ok(bytes)
    }

    /// Answers with an event.
    pub(crate) fn write_event(&mut self, id: &str, deadline: u128, event: &[u8]) -> io::Result<()> {
        let mut answer = format!(
            "HTTP/1.1 200 OK\r\n\
             Lambda-Runtime-Aws-Request-Id: {id}\r\n\
             Lambda-Runtime-Deadline-Ms: {deadline}\r\n\
             Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:123456789012:function:helloworld\r\n\
             Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n\
             Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            event.len(),
        )
        .into_bytes();
        answer.extend_from_slice(event);
        self.writer.write_all(&answer)
    }

    /// Answers with a status and nothing more.
    pub(crate) fn write_status(&mut self, status: u16) -> io::Result<()> {
        let reason = match status {
            200 => "OK",
            202 => "Accepted",
            400 => "Bad Request",
            404 => "Not Found",
            410 => "Gone",
            _ => "Payload Too Large",
        };
        write!(
            self.writer,
            "HTTP/1.1 {status} {reason}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
        )
    }
}
