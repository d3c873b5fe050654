//! A bucket in this process, with a clock that tests set. Its conditions hold for requests at the same time, too.

use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

use aws_sdk_s3::primitives::{DateTime, DateTimeFormat};

/// The server. Its thread ends with the test's process.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    port: u16,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
struct Inner {
    objects: HashMap<String, Object>,
    /// Seconds since 1970: not the time of this machine.
    now: i64,
    faults: VecDeque<Fault>,
    requests: Vec<String>,
}

#[derive(Clone, Debug)]
struct Object {
    bytes: Vec<u8>,
    etag: String,
    modified: i64,
}

/// What goes wrong with the next request.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It is answered so: status, further headers, code, message.
    Answer(u16, &'static str, &'static str, &'static str),
    /// It is done, and its answer is lost.
    LostAnswer,
}

#[derive(Debug)]
struct Request {
    method: String,
    path: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Server {
    pub(crate) fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            port: listener.local_addr().unwrap().port(),
            inner: Arc::new(Mutex::new(Inner {
                objects: HashMap::new(),
                now: 1_000_000_000,
                faults: VecDeque::new(),
                requests: Vec::new(),
            })),
        };
        let shared = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = shared.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    pub(crate) fn endpoint_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.inner().now += seconds;
    }

    pub(crate) fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.inner().faults.extend(faults);
    }

    pub(crate) fn object(&self, path: &str) -> Option<Vec<u8>> {
        self.inner().objects.get(path).map(|it| it.bytes.clone())
    }

    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        self.inner().put(path, bytes.to_vec());
    }

    /// The regions for which requests were signed, and what they asked for: `eu-west-1 GET`.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.inner().requests.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    fn serve(&self, stream: TcpStream) {
        let Some(request) = read(&stream) else {
            return;
        };
        let answer = self.inner().answer(&request);
        if let Some(answer) = answer {
            // Whoever does not wait for an answer needs none.
            let _ = write(stream, &answer);
        }
    }
}

impl Inner {
    /// `None` when the answer is lost.
    fn answer(&mut self, request: &Request) -> Option<Answer> {
        let authorization = request
            .headers
            .get("authorization")
            .cloned()
            .unwrap_or_default();
        let region = authorization.split('/').nth(2).unwrap_or_default();
        self.requests.push(format!("{region} {}", request.method));
        let fault = self.faults.pop_front().unwrap_or(Fault::None);
        if let Fault::Answer(status, headers, code, message) = fault {
            return Some(self.refuse(status, headers, code, message));
        }
        let answer = self.act(request);
        match fault {
            Fault::LostAnswer => None,
            _ => Some(answer),
        }
    }

    fn act(&mut self, request: &Request) -> Answer {
        let known = self.objects.get(&request.path).cloned();
        let header = |name: &str| request.headers.get(name).map(String::as_str);
        if let Some(etag) = header("if-match") {
            match &known {
                None => {
                    return self.refuse(404, "", "NoSuchKey", "The specified key does not exist.");
                }
                Some(object) if object.etag != etag => return self.precondition_failed(),
                Some(_) => {}
            }
        }
        if header("if-none-match") == Some("*") && known.is_some() {
            return self.precondition_failed();
        }
        match request.method.as_str() {
            "PUT" => {
                let etag = self.put(&request.path, request.body.clone());
                self.answer_with(200, &format!("ETag: {etag}\r\n"), Vec::new())
            }
            "DELETE" => {
                self.objects.remove(&request.path);
                self.answer_with(204, "", Vec::new())
            }
            "GET" => match known {
                Some(object) => {
                    let modified = http_date(object.modified);
                    let headers = format!("ETag: {}\r\nLast-Modified: {modified}\r\n", object.etag);
                    self.answer_with(200, &headers, object.bytes)
                }
                None => self.refuse(404, "", "NoSuchKey", "The specified key does not exist."),
            },
            method => self.refuse(405, "", "MethodNotAllowed", method),
        }
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) -> String {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let etag = format!("\"{:016x}\"", hasher.finish());
        let object = Object {
            bytes,
            etag: etag.clone(),
            modified: self.now,
        };
        self.objects.insert(path.to_owned(), object);
        etag
    }

    fn precondition_failed(&self) -> Answer {
        let message = "At least one of the pre-conditions you specified did not hold";
        self.refuse(412, "", "PreconditionFailed", message)
    }

    fn refuse(&self, status: u16, headers: &str, code: &str, message: &str) -> Answer {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>\
             <RequestId>R1</RequestId></Error>"
        );
        let headers = format!("Content-Type: application/xml\r\nx-amz-request-id: R1\r\n{headers}");
        self.answer_with(status, &headers, body.into_bytes())
    }

    fn answer_with(&self, status: u16, headers: &str, body: Vec<u8>) -> Answer {
        Answer {
            status,
            headers: format!("Date: {}\r\n{headers}", http_date(self.now)),
            body,
        }
    }
}

fn http_date(seconds: i64) -> String {
    let date = DateTime::from_secs(seconds);
    date.fmt(DateTimeFormat::HttpDate).unwrap()
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let method = words.next()?.to_owned();
    let path = words.next()?.split('?').next()?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let length = headers.get("content-length").and_then(|it| it.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body,
    })
}

fn write(mut stream: TcpStream, answer: &Answer) -> std::io::Result<()> {
    let Answer {
        status,
        headers,
        body,
    } = answer;
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}
