//! The middleware traces of Chalice: what runs in which order, and what comes of it.

use std::{fs, sync::Mutex};

use chalice::{prelude::*, test::Client};
use conformance::{
    compare,
    differences::Differences,
    output::{Answer, Output},
    suite,
};

/// The traces that our middleware leaves just so.
const COUNTERPARTS: [&str; 3] = [ORDER, ERROR_IN_VIEW, CONVERTED];

const ORDER: &str = "order: registration order = outermost first; later-registered than route still applies; wrong type skipped; response is Response obj";
const ERROR_IN_VIEW: &str = "generic error in view => middleware sees 500 Response, not exception";
const CONVERTED: &str = "ConvertToMiddleware";
const ERROR_IN_MIDDLEWARE: &str =
    "ChaliceViewError raised in middleware => generic 500 (not 400), no CORS";
const UNKNOWN_REQUEST: &str = "unknown request (no resourcePath): middleware gets None";

#[derive(Deserialize)]
struct Recorded {
    name: String,
    trace: Vec<Value>,
    output: Value,
}

fn recorded() -> Vec<Recorded> {
    let text = fs::read(suite::folder().join("middleware.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[derive(AppState)]
struct AppState {
    trace: Trace,
}

#[derive(Default)]
struct Trace(Mutex<Vec<Value>>);

impl Trace {
    fn note(&self, value: impl Into<Value>) {
        self.0.lock().unwrap().push(value.into());
    }
}

impl AppState {
    async fn connect() -> Result<AppState> {
        Ok(AppState {
            trace: Trace::default(),
        })
    }
}

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

#[route("/")]
fn view(trace: State<Trace>) -> Json<Value> {
    trace.note("view");
    Json(json!({ "x": 1 }))
}

#[app]
static ORDERED: App = App {
    name: "ordered",
    handlers: [view],
    middleware: [a, b],
    state: AppState::connect,
};

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

#[middleware(http)]
async fn refuse(_: Request, _: Next<'_>) -> Result<Response> {
    Err(HttpError::bad_request("no"))
}

#[app]
static REFUSED: App = App {
    name: "refused",
    handlers: [view],
    middleware: [refuse],
    state: AppState::connect,
};

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

/// A request for the only route, as the traces were recorded with.
fn event() -> Value {
    json!({
        "requestContext": { "httpMethod": "GET", "resourcePath": "/" },
        "pathParameters": null,
        "multiValueQueryStringParameters": null,
        "headers": {},
        "body": null,
        "stageVariables": null,
    })
}

/// What an app makes of an event: the trace, and the answer.
async fn run<A>(app: &'static A, event: Value) -> (Vec<Value>, Output)
where
    A: chalice::Application<State = AppState>,
{
    let client = Client::new(app).await.unwrap();
    let answer = client.lambda("api_handler").invoke(event).await.unwrap();
    let trace = client.state().trace.0.lock().unwrap().clone();
    (trace, Output::Answer(Answer::of_function(&answer).unwrap()))
}

fn chalice(name: &str) -> (Vec<Value>, Output) {
    let recorded = recorded().into_iter().find(|it| it.name == name).unwrap();
    let answer = Answer::of_function(&recorded.output["result"]).unwrap();
    (recorded.trace, Output::Answer(answer))
}

/// The trace and the answer are Chalice's.
async fn agree<A>(name: &str, app: &'static A)
where
    A: chalice::Application<State = AppState>,
{
    let ((expected_trace, expected), (trace, answer)) = (chalice(name), run(app, event()).await);
    assert_eq!(trace, expected_trace);
    assert_eq!(compare::differences(&expected, &answer), [""; 0]);
}

#[test]
fn every_trace_has_a_counterpart_or_a_reason() {
    let list = Differences::read(&suite::folder().join("differences.toml")).unwrap();
    let recorded = recorded();
    for trace in &recorded {
        let listed = list.traces.iter().any(|listed| listed.name == trace.name);
        let counterpart = COUNTERPARTS.contains(&trace.name.as_str());
        assert!(listed != counterpart, "{}: listed: {listed}", trace.name);
    }
    for listed in &list.traces {
        assert!(
            recorded.iter().any(|trace| trace.name == listed.name),
            "differences.toml lists `{}`, and middleware.json has no such trace",
            listed.name
        );
    }
}

#[tokio::test]
async fn the_first_is_the_outermost() {
    agree(ORDER, &ORDERED).await;
}

#[tokio::test]
async fn middleware_sees_the_response_to_an_error() {
    agree(ERROR_IN_VIEW, &BROKEN).await;
}

#[tokio::test]
async fn middleware_sees_the_event_as_it_came() {
    agree(CONVERTED, &CONVERTING).await;
}

#[tokio::test]
async fn an_error_in_middleware_is_its_answer() {
    let (trace, answer) = run(&REFUSED, event()).await;
    let (expected_trace, there) = chalice(ERROR_IN_MIDDLEWARE);
    assert_eq!(trace, expected_trace);
    let differences = compare::differences(&there, &answer);
    assert_eq!(differences[0], "status: 500 != 400");
    let Output::Answer(answer) = answer else {
        panic!("an answer");
    };
    assert_eq!(
        answer.json(),
        Some(json!({ "Code": "BadRequestError", "Message": "no" }))
    );
}

#[tokio::test]
async fn an_event_for_no_route_reaches_no_middleware() {
    let (trace, answer) = run(&BROKEN, json!({ "foo": "bar" })).await;
    let (_, there) = chalice(UNKNOWN_REQUEST);
    assert_eq!(trace, [Value::Null; 0]);
    assert_eq!(compare::differences(&there, &answer), [""; 0]);
}
