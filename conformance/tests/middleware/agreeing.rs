//! The traces that our middleware leaves just so.

use chalice::{http::StatusCode, prelude::*, test::events};
use conformance::output::Output;

use crate::{AppState, Trace, answer, recorded, run};

pub(crate) const TRACES: [&str; 5] = [
    ORDER,
    ERROR_IN_VIEW,
    CONVERTED,
    WEBSOCKET_RESPONSE,
    WEBSOCKET_EXCEPTION,
];

const ORDER: &str = "order: registration order = outermost first; later-registered than route still applies; wrong type skipped; response is Response obj";
const ERROR_IN_VIEW: &str = "generic error in view => middleware sees 500 Response, not exception";
const CONVERTED: &str = "ConvertToMiddleware";
const WEBSOCKET_RESPONSE: &str = "websocket Response return";
const WEBSOCKET_EXCEPTION: &str = "websocket exception propagates";

#[middleware(all)]
async fn a(event: Event, next: Next<'_, Event>, trace: State<Trace>) -> Outcome {
    if let Event::Http(_) = &event {
        trace.note("a-in:Request");
    }
    let outcome = next.run(event).await;
    if let Outcome::Http(_) = &outcome {
        trace.note("a-out:Response");
    }
    outcome
}

#[middleware(http)]
async fn b(request: Request, next: Next<'_>, trace: State<Trace>) -> Response {
    trace.note("b-in");
    let response = next.run(request).await.with_header("X", "b");
    trace.note("b-out");
    response
}

/// Middleware of the kinds that requests are not for.
macro_rules! of_other_kinds {
    ($($kind:ident $event:ident;)*) => {$(
        #[middleware($kind)]
        async fn $kind(event: $event, next: Next<'_, $event>, trace: State<Trace>) -> FunctionResult {
            trace.note(stringify!($kind));
            next.run(event).await
        }
    )*};
}

of_other_kinds! {
    s3 S3Event;
    sns SnsEvent;
    sqs SqsEvent;
    kinesis KinesisEvent;
    dynamodb DynamoDbEvent;
    cloudwatch CloudWatchEvent;
    scheduled ScheduledEvent;
    websocket WebsocketEvent;
    pure_lambda LambdaFunctionEvent;
}

#[route("/")]
fn view(trace: State<Trace>) -> Json<Value> {
    trace.note("view");
    Json(json!({ "x": 1 }))
}

#[app]
static ORDERED: App = App {
    name: "ordered",
    handlers: [view],
    middleware: [
        a,
        s3,
        sns,
        sqs,
        kinesis,
        dynamodb,
        cloudwatch,
        scheduled,
        websocket,
        pure_lambda,
        b,
    ],
    state: AppState::connect,
};

#[tokio::test]
async fn the_first_is_the_outermost_and_other_kinds_do_not_run() {
    recorded::assert_agree(ORDER, answer(&ORDERED).await);
}

#[middleware(http)]
async fn status(request: Request, next: Next<'_>, trace: State<Trace>) -> Response {
    let response = next.run(request).await;
    trace.note(response.status().as_u16());
    response
}

#[route("/")]
fn broken() -> Result<()> {
    Err(std::io::Error::other("zz").into())
}

#[app]
static BROKEN: App = App {
    name: "broken",
    handlers: [broken],
    middleware: [status],
    state: AppState::connect,
};

#[tokio::test]
async fn middleware_sees_the_response_to_an_error() {
    recorded::assert_agree(ERROR_IN_VIEW, answer(&BROKEN).await);
}

/// Sees the event as it came, as a decorator of a Lambda function does.
#[middleware(http)]
async fn members(request: Request, next: Next<'_>, trace: State<Trace>) -> Result<Response> {
    let event: Value = serde_json::from_str(request.event().get())?;
    let mut names: Vec<&str> = event
        .as_object()
        .into_iter()
        .flat_map(|it| it.keys())
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    trace.note(json!(names));
    Ok(next.run(request).await)
}

#[route("/")]
fn one() -> Json<Value> {
    Json(json!({ "k": 1 }))
}

#[app]
static CONVERTING: App = App {
    name: "converting",
    handlers: [one],
    middleware: [members],
    state: AppState::connect,
};

#[tokio::test]
async fn middleware_sees_the_event_as_it_came() {
    recorded::assert_agree(CONVERTED, answer(&CONVERTING).await);
}

#[on_ws_connect]
fn connect(_event: WebsocketEvent) -> Response {
    Response::json(&json!({ "a": 1 })).with_status(StatusCode::CREATED)
}

#[derive(Debug)]
struct ValueError;

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("x")
    }
}

impl std::error::Error for ValueError {}

#[on_ws_message]
fn message(_event: WebsocketEvent) -> Result<()> {
    Err(ValueError.into())
}

#[app]
static SOCKETS: App = App {
    name: "sockets",
    handlers: [connect, message],
    state: AppState::connect,
};

#[tokio::test]
async fn a_websocket_handler_answers_by_a_response() {
    let event = events::websocket_connect("c1").into();
    recorded::assert_agree(
        WEBSOCKET_RESPONSE,
        run(&SOCKETS, "websocket_connect", event).await,
    );
}

#[tokio::test]
async fn an_error_of_a_websocket_handler_is_a_failed_invocation() {
    let event = events::websocket_message("c1", "hi").into();
    let (trace, failure) = run(&SOCKETS, "websocket_message", event).await;
    // Failed invocations agree whatever they say; this one says the same.
    let (expected_trace, expected) = recorded::chalice(WEBSOCKET_EXCEPTION);
    assert_eq!(trace, expected_trace);
    assert_eq!(failure, expected);
    assert!(matches!(failure, Output::Failure { .. }));
}
