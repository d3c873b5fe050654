//! The traces that `differences.toml` lists: what we do instead.

use chalice::{HttpService, LayeredService, http, prelude::*, test::events};
use conformance::{
    compare,
    output::{Answer, Output},
};
use tower::ServiceBuilder;

use crate::{AppState, Trace, answer, invoke, recorded, request, run};

pub(crate) const TRACES: [&str; 6] = [
    ERROR_IN_MIDDLEWARE,
    UNHANDLED,
    CHANGED_REQUEST,
    UNKNOWN_REQUEST,
    LATE,
    WEBSOCKET_IN_BLUEPRINT,
];

const ERROR_IN_MIDDLEWARE: &str =
    "ChaliceViewError raised in middleware => generic 500 (not 400), no CORS";
const UNHANDLED: &str = "ChaliceUnhandledError propagates to middleware";
const CHANGED_REQUEST: &str =
    "middleware can mutate request object (same instance as current_request)";
const UNKNOWN_REQUEST: &str = "unknown request (no resourcePath): middleware gets None";
const LATE: &str = "middleware registered after first invocation of an event handler is NOT applied (chain cached)";
const WEBSOCKET_IN_BLUEPRINT: &str =
    "BUG: blueprint websocket handler is not wrapped (receives raw (event, context))";

fn answered(output: Output) -> Answer {
    match output {
        Output::Answer(answer) => answer,
        other => panic!("{other:?}"),
    }
}

#[middleware(all)]
async fn any(event: Event, next: Next<'_, Event>, trace: State<Trace>) -> Outcome {
    trace.note("any");
    next.run(event).await
}

#[middleware(http)]
async fn status(request: Request, next: Next<'_>, trace: State<Trace>) -> Response {
    let response = next.run(request).await;
    trace.note(response.status().as_u16());
    response
}

#[middleware(http)]
async fn refuse(_: Request, _: Next<'_>) -> Result<Response> {
    Err(HttpError::bad_request("no"))
}

#[route("/", cors)]
fn view() -> Json<Value> {
    Json(json!({ "x": 1 }))
}

#[app]
static REFUSED: App = App {
    name: "refused",
    handlers: [view],
    middleware: [refuse],
    state: AppState::connect,
};

#[tokio::test]
async fn an_error_in_middleware_is_its_answer() {
    let (trace, output) = answer(&REFUSED).await;
    let (expected_trace, there) = recorded::chalice(ERROR_IN_MIDDLEWARE);
    assert_eq!(trace, expected_trace);
    let differences = compare::differences(&there, &output);
    assert_eq!(differences[0], "status: 500 != 400");
    let answer = answered(output);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let error = json!({ "Code": "BadRequestError", "Message": "no" });
    assert_eq!(answer.json(), Some(error));
}

#[route("/")]
fn broken() -> Result<()> {
    Err(std::io::Error::other("zz").into())
}

/// Puts another answer in the place of a 500.
#[middleware(http)]
async fn handled(request: Request, next: Next<'_>) -> Response {
    match next.run(request).await.status().as_u16() {
        500 => Response::json(&json!({ "handled": "zz" })).with_status(http::StatusCode::CONFLICT),
        status => panic!("{status}"),
    }
}

#[app]
static HANDLED: App = App {
    name: "handled",
    handlers: [broken],
    middleware: [handled, status],
    state: AppState::connect,
};

/// An error that says how it is answered.
struct SoldOut;

impl IntoHttpError for SoldOut {
    fn into_http_error(self) -> HttpError {
        HttpError::new(http::StatusCode::CONFLICT, "SoldOut", "nothing is left")
    }
}

#[route("/")]
fn sell() -> Result<(), SoldOut> {
    Err(SoldOut)
}

#[app]
static SOLD_OUT: App = App {
    name: "sold-out",
    handlers: [sell],
    middleware: [status],
    state: AppState::connect,
};

#[tokio::test]
async fn an_error_is_a_response_that_middleware_may_replace() {
    let (trace, output) = answer(&HANDLED).await;
    let (_, there) = recorded::chalice(UNHANDLED);
    assert_eq!(trace, [500]);
    assert_eq!(compare::differences(&there, &output), [""; 0]);
    let (trace, output) = answer(&SOLD_OUT).await;
    assert_eq!(trace, [409]);
    let error = json!({ "Code": "SoldOut", "Message": "nothing is left" });
    assert_eq!(answered(output).json(), Some(error));
}

fn layers(service: HttpService) -> impl LayeredService {
    ServiceBuilder::new()
        .map_request(|mut request: http::Request<chalice::Body>| {
            let value = http::HeaderValue::from_static("bar");
            request.headers_mut().insert("foo", value);
            request
        })
        .service(service)
}

#[route("/")]
fn changed(request: &Request) -> Json<Value> {
    Json(json!({ "foo": request.header("foo"), "m": request.method().as_str() }))
}

#[app]
static CHANGED: App = App {
    name: "changed",
    handlers: [changed],
    layer: layers,
    state: AppState::connect,
};

#[tokio::test]
async fn a_layer_changes_requests() {
    let (trace, output) = answer(&CHANGED).await;
    let (expected_trace, there) = recorded::chalice(CHANGED_REQUEST);
    assert_eq!(trace, expected_trace);
    assert_eq!(
        answered(there).json(),
        Some(json!({ "foo": "bar", "m": "HACK" }))
    );
    // The route has been chosen by the method, which is what it is.
    assert_eq!(
        answered(output).json(),
        Some(json!({ "foo": "bar", "m": "GET" }))
    );
}

#[app]
static WATCHED: App = App {
    name: "watched",
    handlers: [view],
    middleware: [any, status],
    state: AppState::connect,
};

#[tokio::test]
async fn an_event_for_no_route_reaches_no_middleware() {
    let (trace, output) = run(&WATCHED, "api_handler", json!({ "foo": "bar" })).await;
    let (_, there) = recorded::chalice(UNKNOWN_REQUEST);
    assert_eq!(trace, [Value::Null; 0]);
    assert_eq!(compare::differences(&there, &output), [""; 0]);
    let (trace, _) = run(&WATCHED, "api_handler", request()).await;
    assert_eq!(trace, [json!("any"), json!(200)]);
}

#[lambda_function]
fn pure(_event: Value) -> &'static str {
    "r"
}

#[app]
static PURE: App = App {
    name: "pure",
    handlers: [pure],
    middleware: [any],
    state: AppState::connect,
};

#[tokio::test]
async fn middleware_runs_from_the_first_event_on() {
    let (trace, output) = invoke(&PURE, "pure", &[json!({}), json!({})]).await;
    let (there_trace, there) = recorded::value(LATE);
    assert_eq!(there_trace, [Value::Null; 0]);
    assert_eq!(trace, ["any", "any"]);
    assert_eq!(output, Ok(there));
}

#[middleware(websocket)]
async fn around(
    event: WebsocketEvent,
    next: Next<'_, WebsocketEvent>,
    trace: State<Trace>,
) -> FunctionResult {
    trace.note("around");
    next.run(event).await
}

#[on_ws_message]
fn message(event: WebsocketEvent, trace: State<Trace>) -> Result<()> {
    trace.note(format!("{}: {}", event.connection_id(), event.text()?));
    Ok(())
}

#[blueprint]
static CHAT: Blueprint = Blueprint {
    handlers: [message],
};

#[app]
static BLUEPRINTS: App = App {
    name: "blueprints",
    blueprints: [CHAT],
    middleware: [any, around],
    state: AppState::connect,
};

#[tokio::test]
async fn a_blueprints_websocket_handler_is_as_any_other() {
    let event = events::websocket_message("c1", "hi").into();
    let (trace, output) = run(&BLUEPRINTS, "websocket_message", event).await;
    let (_, there) = recorded::chalice(WEBSOCKET_IN_BLUEPRINT);
    assert!(matches!(there, Output::Failure { .. }));
    assert_eq!(trace, ["any", "around", "c1: hi"]);
    assert_eq!(answered(output).status, 200);
}
