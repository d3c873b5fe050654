//! The AWS Lambda Runtime API, for one process.
//!
//! AWS Lambda, "Using the Lambda runtime API for custom runtimes": the process
//! asks for its next event and posts the answer. Each process has a listener
//! of its own, because the protocol does not say which process is asking.

use std::convert::Infallible;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use chalice_gateway::limits::MAX_LAMBDA_RESPONSE;
use chalice_gateway::{Malformed, PreludeReader};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};

const VERSION: &str = "/2018-06-01/runtime/";

/// What an event says about its invocation, in headers.
const REQUEST_ID: HeaderName = HeaderName::from_static("lambda-runtime-aws-request-id");
const DEADLINE: HeaderName = HeaderName::from_static("lambda-runtime-deadline-ms");
const FUNCTION_ARN: HeaderName = HeaderName::from_static("lambda-runtime-invoked-function-arn");
const TRACE_ID: HeaderName = HeaderName::from_static("lambda-runtime-trace-id");
/// With room for the length and the date, which the server adds.
const EVENT_HEADERS: usize = 8;

/// Says that a response is streamed.
const RESPONSE_MODE: &str = "lambda-runtime-function-response-mode";
/// The trailers that say that a stream ended early.
const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";

/// What a function answered.
#[derive(Debug)]
pub(super) enum Answer {
    /// It returned this.
    Response(Bytes),
    /// It streams this.
    Stream(Stream),
    /// It failed.
    Error(FunctionError),
    /// It returned more than [`MAX_LAMBDA_RESPONSE`] bytes.
    TooLarge,
}

/// A response that a function is still making.
#[derive(Debug)]
pub(super) struct Stream {
    /// Status and headers, as JSON.
    pub(super) prelude: Bytes,
    /// The body; its error is its last element.
    pub(super) chunks: mpsc::Receiver<Result<Bytes, FunctionError>>,
}

/// How a function failed.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct FunctionError {
    pub(super) error_type: String,
    pub(super) error_message: String,
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_type, self.error_message)
    }
}

/// The parts of a function's ARN.
#[derive(Clone, Debug)]
pub(super) struct FunctionArn {
    /// The region.
    pub(super) region: String,
    /// The account.
    pub(super) account: String,
    /// The function's name.
    pub(super) name: String,
}

impl fmt::Display for FunctionArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "arn:aws:lambda:{}:{}:function:{}",
            self.region, self.account, self.name
        )
    }
}

/// The Runtime API of one process. It stops when this value is dropped.
#[derive(Debug)]
pub(super) struct RuntimeApi {
    address: SocketAddr,
    events: mpsc::Sender<Event>,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    /// The function's ARN, as each event names it.
    arn: Option<HeaderValue>,
    events: tokio::sync::Mutex<mpsc::Receiver<Event>>,
    pending: Mutex<Option<Pending>>,
    init_error: Mutex<Option<String>>,
}

/// An event that waits for the process to take it.
#[derive(Debug)]
struct Event {
    id: String,
    payload: Bytes,
    deadline: SystemTime,
}

/// An event that waits for its answer.
#[derive(Debug)]
struct Pending {
    id: String,
    answer: oneshot::Sender<Answer>,
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl RuntimeApi {
    /// Listens on a free port of this machine alone.
    pub(super) async fn start(arn: FunctionArn) -> std::io::Result<RuntimeApi> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (events, receiver) = mpsc::channel(1);
        let shared = Arc::new(Shared {
            arn: HeaderValue::from_str(&arn.to_string()).ok(),
            events: tokio::sync::Mutex::new(receiver),
            pending: Mutex::new(None),
            init_error: Mutex::new(None),
        });
        let task = tokio::spawn(serve(listener, shared.clone()));
        Ok(RuntimeApi {
            address,
            events,
            shared,
            task,
        })
    }

    /// Where the process finds the API.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Offers an event to the process and waits for the answer; nothing comes
    /// when the API has stopped.
    pub(super) fn invoke(
        &self,
        payload: Bytes,
        timeout: Duration,
    ) -> impl Future<Output = Option<Answer>> + use<> {
        let (sender, receiver) = oneshot::channel();
        let id = invocation_id();
        *lock(&self.shared.pending) = Some(Pending {
            id: id.clone(),
            answer: sender,
        });
        let events = self.events.clone();
        let event = Event {
            id,
            payload,
            deadline: SystemTime::now() + timeout,
        };
        async move {
            events.send(event).await.ok()?;
            receiver.await.ok()
        }
    }

    /// What the process said about its start, if that failed.
    pub(super) fn init_error(&self) -> Option<String> {
        lock(&self.shared.init_error).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // Aborts its connections when this task is aborted.
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
        };
        // Events and answers are small and each waits for the other.
        let _ = stream.set_nodelay(true);
        let shared = shared.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| {
                let shared = shared.clone();
                async move { Ok::<_, Infallible>(shared.handle(request).await) }
            });
            // A process that goes away in the middle of a call is noticed by its end.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// What a process asks for. The ids are those of invocations.
enum Call<'a> {
    Next,
    Response(&'a str),
    Error(&'a str),
    InitError,
}

impl Call<'_> {
    fn of<'a>(method: &Method, path: &'a str) -> Option<Call<'a>> {
        let call = path.strip_prefix(VERSION)?;
        match (method, call) {
            (&Method::GET, "invocation/next") => return Some(Call::Next),
            (&Method::POST, "init/error") => return Some(Call::InitError),
            (&Method::POST, _) => {}
            _ => return None,
        }
        match call.strip_prefix("invocation/")?.split_once('/')? {
            (id, "response") => Some(Call::Response(id)),
            (id, "error") => Some(Call::Error(id)),
            _ => None,
        }
    }
}

impl Shared {
    async fn handle(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        match Call::of(request.method(), request.uri().path()) {
            Some(Call::Next) => self.next().await,
            Some(Call::Response(id)) => {
                let pending = self.take_pending(id);
                self.response(pending, request).await
            }
            Some(Call::Error(id)) => {
                let pending = self.take_pending(id);
                self.error(pending, request).await
            }
            Some(Call::InitError) => {
                let error = function_error(request).await;
                *lock(&self.init_error) = Some(error.to_string());
                accepted()
            }
            None => failure(StatusCode::NOT_FOUND, "UnknownPath"),
        }
    }

    async fn next(&self) -> Response<Full<Bytes>> {
        let Some(event) = self.events.lock().await.recv().await else {
            return failure(StatusCode::GONE, "Stopped");
        };
        let deadline = event
            .deadline
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis();
        let mut headers = HeaderMap::with_capacity(EVENT_HEADERS);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [
            (REQUEST_ID, HeaderValue::try_from(event.id).ok()),
            (
                DEADLINE,
                u64::try_from(deadline).ok().map(HeaderValue::from),
            ),
            (FUNCTION_ARN, self.arn.clone()),
            (TRACE_ID, HeaderValue::try_from(trace_id()).ok()),
        ] {
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
        let mut response = Response::new(Full::new(event.payload));
        *response.headers_mut() = headers;
        response
    }

    async fn response(
        &self,
        pending: Option<Pending>,
        request: Request<Incoming>,
    ) -> Response<Full<Bytes>> {
        let Some(pending) = pending else {
            return failure(StatusCode::BAD_REQUEST, "InvalidRequestID");
        };
        if is_streamed(&request) {
            return stream(request.into_body(), pending).await;
        }
        let (answer, response) = match read_response(request.into_body()).await {
            Ok(Some(payload)) => (Answer::Response(payload), accepted()),
            Ok(None) => (
                Answer::TooLarge,
                failure(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge"),
            ),
            Err(error) => (
                Answer::Error(truncated(&error)),
                failure(StatusCode::BAD_REQUEST, "TruncatedResponse"),
            ),
        };
        // Whoever waited may have gone; the process is not to blame.
        drop(pending.answer.send(answer));
        response
    }

    async fn error(
        &self,
        pending: Option<Pending>,
        request: Request<Incoming>,
    ) -> Response<Full<Bytes>> {
        let Some(pending) = pending else {
            return failure(StatusCode::BAD_REQUEST, "InvalidRequestID");
        };
        drop(
            pending
                .answer
                .send(Answer::Error(function_error(request).await)),
        );
        accepted()
    }

    /// The event with this id, if it waits for its answer.
    fn take_pending(&self, id: &str) -> Option<Pending> {
        lock(&self.pending).take_if(|pending| pending.id == id)
    }
}

fn truncated(error: &hyper::Error) -> FunctionError {
    FunctionError {
        error_type: "Runtime.TruncatedResponse".to_owned(),
        error_message: error.to_string(),
    }
}

/// AWS Lambda, "Building a custom runtime", "Implementing response streaming in a custom runtime".
fn is_streamed(request: &Request<Incoming>) -> bool {
    let mode = request.headers().get(RESPONSE_MODE);
    mode.is_some_and(|mode| mode.as_bytes().eq_ignore_ascii_case(b"streaming"))
}

/// Passes on what a function streams, as it comes. It is read to its end
/// even when nobody wants it, as AWS Lambda does.
async fn stream(mut body: Incoming, pending: Pending) -> Response<Full<Bytes>> {
    let mut reader = PreludeReader::default();
    let mut answer = Some(pending.answer);
    let (chunks, receiver) = mpsc::channel(1);
    let mut receiver = Some(receiver);
    while let Some(frame) = body.frame().await {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => {
                let error = truncated(&error);
                match answer.take() {
                    Some(answer) => drop(answer.send(Answer::Error(error))),
                    None => drop(chunks.send(Err(error)).await),
                }
                return failure(StatusCode::BAD_REQUEST, "TruncatedResponse");
            }
        };
        let data = match frame.into_data() {
            Ok(data) => data,
            Err(frame) => {
                if let Some(error) = frame.trailers_ref().and_then(ended_early) {
                    drop(chunks.send(Err(error)).await);
                }
                continue;
            }
        };
        let chunk = if answer.is_some() {
            match reader.push(&data) {
                Ok(None) => continue,
                Ok(Some((prelude, first))) => {
                    if let (Some(answer), Some(chunks)) = (answer.take(), receiver.take()) {
                        drop(answer.send(Answer::Stream(Stream { prelude, chunks })));
                    }
                    first
                }
                Err(error) => {
                    let answer = answer.take();
                    drop(answer.map(|answer| answer.send(Answer::Error(malformed(&error)))));
                    // Nobody waits for what follows.
                    receiver = None;
                    continue;
                }
            }
        } else {
            data
        };
        if !chunk.is_empty() {
            // Whoever waited may have gone; the process is not to blame.
            drop(chunks.send(Ok(chunk)).await);
        }
    }
    if let Some(answer) = answer {
        drop(answer.send(Answer::Error(malformed(&Malformed::NoPrelude))));
    }
    accepted()
}

fn malformed(error: &Malformed) -> FunctionError {
    FunctionError {
        error_type: "Runtime.MalformedStream".to_owned(),
        error_message: error.to_string(),
    }
}

/// The error that the trailers of a stream tell: its message is base64 of anything, as a rule of JSON.
fn ended_early(trailers: &HeaderMap) -> Option<FunctionError> {
    let error_type = trailers.get(ERROR_TYPE)?;
    let body = trailers.get(ERROR_BODY).map(HeaderValue::as_bytes);
    let body = body.and_then(|body| STANDARD.decode(body).ok());
    let body = body.unwrap_or_default();
    let told: Option<FunctionError> = serde_json::from_slice(&body).ok();
    Some(FunctionError {
        error_type: String::from_utf8_lossy(error_type.as_bytes()).into_owned(),
        error_message: told.map_or_else(
            || String::from_utf8_lossy(&body).into_owned(),
            |told| told.error_message,
        ),
    })
}

/// Reads what a function returned; nothing when it is larger than Lambda
/// allows. It is read to its end in any case, because a process that cannot
/// write to the end would take that for the end of the Runtime API.
async fn read_response(mut body: Incoming) -> Result<Option<Bytes>, hyper::Error> {
    let mut payload = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            length = length.saturating_add(data.len());
            if length <= MAX_LAMBDA_RESPONSE {
                payload.extend_from_slice(&data);
            }
        }
    }
    Ok((length <= MAX_LAMBDA_RESPONSE).then(|| payload.freeze()))
}

/// Reads the body with which a process reports an error.
async fn function_error(request: Request<Incoming>) -> FunctionError {
    let body = match Limited::new(request.into_body(), MAX_LAMBDA_RESPONSE)
        .collect()
        .await
    {
        Ok(body) => body.to_bytes(),
        Err(error) => {
            return FunctionError {
                error_type: "Runtime.Unknown".to_owned(),
                error_message: error.to_string(),
            };
        }
    };
    serde_json::from_slice(&body).unwrap_or_else(|_| FunctionError {
        error_type: "Runtime.Unknown".to_owned(),
        error_message: String::from_utf8_lossy(&body).into_owned(),
    })
}

fn accepted() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(br#"{"status":"OK"}"#)));
    *response.status_mut() = StatusCode::ACCEPTED;
    response
}

fn failure(status: StatusCode, error_type: &str) -> Response<Full<Bytes>> {
    let body = serde_json::json!({ "errorType": error_type, "errorMessage": error_type });
    let mut response = Response::new(Full::new(Bytes::from(body.to_string())));
    *response.status_mut() = status;
    response
}

/// A trace header as AWS X-Ray writes it; nothing is sampled.
fn trace_id() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let root = fastrand::u128(..) >> 32;
    let parent = fastrand::u64(..);
    format!("Root=1-{seconds:08x}-{root:024x};Parent={parent:016x};Sampled=0")
}

/// The id of an invocation. It has to be unlike others, and need not be a secret, for which the system would have
/// to be asked.
fn invocation_id() -> String {
    let random = fastrand::u128(..).to_ne_bytes();
    let id = uuid::Builder::from_random_bytes(random).into_uuid();
    id.to_string()
}
