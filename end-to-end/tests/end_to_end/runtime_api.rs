//! AWS Lambda's side of the Runtime API (AWS, "Using the Lambda runtime API for
//! custom runtimes"), which watches that the other side keeps to the protocol.

pub(crate) mod http;

use std::{
    collections::{HashMap, VecDeque},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use http::Request;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the documentation of the response path allows: 6 MB.
const MAX_RESPONSE: usize = 6 * 1024 * 1024;

/// The API.
pub(crate) struct RuntimeApi {
    address: SocketAddr,
    shared: Arc<Shared>,
    init_errors: Mutex<Receiver<ErrorReport>>,
}

/// The answer to an invocation.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The function's result.
    Response(Value),
    /// The function's result, streamed.
    Stream(Stream),
    /// The invocation failed.
    Error(ErrorReport),
}

/// What a function has streamed, to its end.
#[derive(Debug)]
pub(crate) struct Stream {
    /// Status and headers.
    pub(crate) prelude: Value,
    pub(crate) body: String,
    /// Why the body is not whole, as the trailers say.
    pub(crate) error: Option<ErrorReport>,
}

/// What a runtime reports when something fails.
#[derive(Debug)]
pub(crate) struct ErrorReport {
    pub(crate) kind: String,
    pub(crate) message: String,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    event_arrived: Condvar,
}

#[derive(Default)]
struct State {
    /// Events that no runtime has fetched.
    events: VecDeque<(String, Vec<u8>)>,
    /// Who waits for the answer to an event that a runtime has fetched.
    waiting: HashMap<String, Sender<Answer>>,
    invocations: usize,
    problems: Vec<String>,
}

impl RuntimeApi {
    pub(crate) fn start() -> RuntimeApi {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let (init_error, init_errors) = channel();
        let of_server = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (shared, init_error) = (Arc::clone(&of_server), init_error.clone());
                thread::spawn(move || shared.serve(stream.unwrap(), &init_error));
            }
        });
        RuntimeApi {
            address,
            shared,
            init_errors: Mutex::new(init_errors),
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Hands out an event, and waits for the answer.
    #[track_caller]
    pub(crate) fn invoke(&self, event: Vec<u8>) -> Answer {
        let (sender, answer) = channel();
        {
            let mut state = self.shared.lock();
            state.invocations += 1;
            let id = format!("8476a536-e9f4-11e8-9739-{:012x}", state.invocations);
            state.waiting.insert(id.clone(), sender);
            state.events.push_back((id, event));
        }
        self.shared.event_arrived.notify_one();
        answer.recv_timeout(PATIENCE).unwrap_or_else(|error| {
            panic!(
                "no answer ({error}); initialisation error: {:?}; problems: {:?}",
                self.init_errors.lock().unwrap().try_recv(),
                self.problems()
            )
        })
    }

    /// Waits for the report that the runtime could not start.
    #[track_caller]
    pub(crate) fn init_error(&self) -> ErrorReport {
        let init_errors = self.init_errors.lock().unwrap();
        init_errors.recv_timeout(PATIENCE).unwrap()
    }

    /// Where the runtime has not kept to the protocol.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.shared.lock().problems.clone()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn problem(&self, problem: String) {
        self.lock().problems.push(problem);
    }

    /// Answers the requests of one connection.
    fn serve(&self, stream: TcpStream, init_error: &Sender<ErrorReport>) {
        let mut connection = http::Connection::new(stream);
        loop {
            let request = match connection.read() {
                Ok(Some(request)) => request,
                Ok(None) => return,
                Err(problem) => return self.problem(problem),
            };
            let path: Vec<&str> = request.path.split('/').skip(1).collect();
            let written = match (request.method.as_str(), path.as_slice()) {
                ("GET", ["2018-06-01", "runtime", "invocation", "next"]) => {
                    let (id, event) = self.next();
                    connection.write_event(&id, deadline(), &event)
                }
                ("POST", ["2018-06-01", "runtime", "invocation", id, "response"]) => {
                    let status = self.response(id, &request);
                    connection.write_status(status)
                }
                ("POST", ["2018-06-01", "runtime", "invocation", id, "error"]) => {
                    let status = self.error(id, &request);
                    connection.write_status(status)
                }
                ("POST", ["2018-06-01", "runtime", "init", "error"]) => {
                    if let Some(report) = self.report(&request) {
                        // Nobody may be waiting for it.
                        let _ = init_error.send(report);
                    }
                    connection.write_status(202)
                }
                (method, _) => {
                    self.problem(format!("{method} {} is not of the API", request.path));
                    connection.write_status(404)
                }
            };
            // A runtime that was ended does not listen.
            if written.is_err() {
                return;
            }
        }
    }

    /// Waits for an event: a long poll.
    fn next(&self) -> (String, Vec<u8>) {
        let mut state = self.lock();
        loop {
            if let Some(event) = state.events.pop_front() {
                return event;
            }
            state = self.event_arrived.wait(state).unwrap();
        }
    }

    fn response(&self, id: &str, request: &Request) -> u16 {
        let Some(waiting) = self.take(id) else {
            return 400;
        };
        if request.header("lambda-runtime-function-response-mode") == Some("streaming") {
            return match read_stream(request) {
                Ok(stream) => {
                    let _ = waiting.send(Answer::Stream(stream));
                    202
                }
                Err(problem) => {
                    self.problem(problem);
                    400
                }
            };
        }
        if request.body.len() > MAX_RESPONSE {
            self.problem(format!("a response of {} bytes", request.body.len()));
            return 413;
        }
        match serde_json::from_slice(&request.body) {
            // Nobody may be waiting any more.
            Ok(value) => {
                let _ = waiting.send(Answer::Response(value));
                202
            }
            Err(error) => {
                self.problem(format!("a response is not JSON: {error}"));
                400
            }
        }
    }

    fn error(&self, id: &str, request: &Request) -> u16 {
        let waiting = self.take(id);
        match (waiting, self.report(request)) {
            (Some(waiting), Some(report)) => {
                let _ = waiting.send(Answer::Error(report));
                202
            }
            _ => 400,
        }
    }

    /// Who waits for the answer to that invocation; nobody if it is unknown or has its answer.
    fn take(&self, id: &str) -> Option<Sender<Answer>> {
        let mut state = self.lock();
        let fetched = !state.events.iter().any(|(waiting, _)| waiting == id);
        let waiting = state.waiting.remove(id).filter(|_| fetched);
        if waiting.is_none() {
            let problem = format!("an answer to {id}, which waits for none");
            state.problems.push(problem);
        }
        waiting
    }

    /// Reads an error: a body of type and message, and a header that also names
    /// a type, any at all.
    fn report(&self, request: &Request) -> Option<ErrorReport> {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let text = |member: &str| Some(body[member].as_str()?.to_owned());
        let header = request.header("lambda-runtime-function-error-type");
        match (text("errorType"), text("errorMessage"), header) {
            (Some(kind), Some(message), Some(header)) if !header.is_empty() => {
                Some(ErrorReport { kind, message })
            }
            _ => {
                self.problem(format!(
                    "an error of the type {header:?} with the body {body}"
                ));
                None
            }
        }
    }
}

/// Reads a streamed response (AWS, "Building a custom runtime for AWS Lambda",
/// "Implementing response streaming in a custom runtime"); an error says what is wrong with it.
fn read_stream(request: &Request) -> Result<Stream, String> {
    for (name, expected) in [
        ("transfer-encoding", "chunked"),
        (
            "content-type",
            "application/vnd.awslambda.http-integration-response",
        ),
    ] {
        if request.header(name) != Some(expected) {
            return Err(format!("a stream with {name}: {:?}", request.header(name)));
        }
    }
    let delimiter = request.body.windows(8).position(|bytes| bytes == [0; 8]);
    let delimiter = delimiter.ok_or("a stream without eight NUL bytes")?;
    let prelude = serde_json::from_slice(&request.body[..delimiter])
        .map_err(|error| format!("a prelude that is not JSON: {error}"))?;
    let body = String::from_utf8(request.body[delimiter + 8..].to_vec())
        .map_err(|error| format!("a body that is not text: {error}"))?;
    let error = match request.trailers.as_slice() {
        [] => None,
        [(first, kind), (second, message)]
            if first == "lambda-runtime-function-error-type"
                && second == "lambda-runtime-function-error-body" =>
        {
            let (kind, message) = (kind.clone(), message.clone());
            Some(ErrorReport { kind, message })
        }
        trailers => return Err(format!("trailers {trailers:?}")),
    };
    Ok(Stream {
        prelude,
        body,
        error,
    })
}

/// When an invocation that begins now would be cut off, in milliseconds since the epoch.
fn deadline() -> u128 {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    (now + PATIENCE).as_millis()
}
