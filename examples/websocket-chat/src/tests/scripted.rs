//! Amazon DynamoDB that says what moto never does.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    thread,
};

use chalice::prelude::*;

/// A server that gives the answers of a script, each a status and a body.
pub(super) struct Scripted {
    pub(super) endpoint_url: String,
    requests: Receiver<Value>,
}

impl Scripted {
    pub(super) fn start(answers: Vec<(u16, Value)>) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint_url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        // Until the script is at its end; then the SDK is refused the connection.
        thread::spawn(move || {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().unwrap();
                // Before the answer, after which the test may ask for it at once. A test that has
                // failed does not want it any more.
                let _ = sender.send(request(&stream));
                answer(&mut stream, status, &body.to_string());
            }
        });
        Scripted {
            endpoint_url,
            requests,
        }
    }

    /// What has been asked so far.
    pub(super) fn requests(&self) -> Vec<Value> {
        self.requests.try_iter().collect()
    }
}

/// The body of the one request of a connection.
fn request(stream: &TcpStream) -> Value {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut request = vec![0; length];
    reader.read_exact(&mut request).unwrap();
    String::from_utf8(request).unwrap().parse().unwrap()
}

fn answer(stream: &mut TcpStream, status: u16, body: &str) {
    write!(
        stream,
        "HTTP/1.1 {status} Answer\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
}
