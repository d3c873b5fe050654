//! The middleware traces of Chalice: what runs in which order, and what comes of it.

mod agreeing;
mod differing;
mod recorded;

use std::sync::Mutex;

use chalice::{
    prelude::*,
    test::{Client, FailedInvocation},
};
use conformance::{differences::Differences, output::Output, suite};

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

/// A request for the only route, as the traces were recorded with.
fn request() -> Value {
    json!({
        "requestContext": { "httpMethod": "GET", "resourcePath": "/" },
        "pathParameters": null,
        "multiValueQueryStringParameters": null,
        "headers": {},
        "body": null,
        "stageVariables": null,
    })
}

/// What an app's function makes of events, one after the other: the trace, and the last answer.
async fn invoke<A>(
    app: &'static A,
    function: &str,
    events: &[Value],
) -> (Vec<Value>, Result<Value, FailedInvocation>)
where
    A: chalice::Application<State = AppState>,
{
    let client = Client::new(app).await.unwrap();
    let mut answer = Ok(Value::Null);
    for event in events {
        answer = client.lambda(function).invoke(event).await;
    }
    let trace = client.state().trace.0.lock().unwrap().clone();
    (trace, answer)
}

/// What an app's function makes of an event.
async fn run<A>(app: &'static A, function: &str, event: Value) -> (Vec<Value>, Output)
where
    A: chalice::Application<State = AppState>,
{
    let (trace, answer) = invoke(app, function, &[event]).await;
    (trace, recorded::output(answer))
}

/// What an app makes of a request for its only route.
async fn answer<A>(app: &'static A) -> (Vec<Value>, Output)
where
    A: chalice::Application<State = AppState>,
{
    run(app, "api_handler", request()).await
}

#[test]
fn every_trace_agrees_or_is_listed() {
    let list = Differences::read(&suite::folder().join("differences.toml")).unwrap();
    let mut listed: Vec<String> = list.traces.into_iter().map(|it| it.name).collect();
    listed.sort();
    let mut differing = differing::TRACES.map(str::to_owned).to_vec();
    differing.sort();
    assert_eq!(listed, differing);
    let mut tested = [&agreeing::TRACES[..], &differing::TRACES[..]].concat();
    tested.sort_unstable();
    let mut recorded = recorded::names();
    recorded.sort();
    assert_eq!(tested, recorded);
}
