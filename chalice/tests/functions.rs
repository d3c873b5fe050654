//! Pure functions, through the test client.

use std::{fmt, time::Duration};

use chalice::{
    FromInvocation,
    prelude::*,
    test::{Client, FailedInvocation as Failed},
};

#[derive(AppState)]
struct Shared {
    greeting: String,
}

impl Shared {
    async fn new() -> Result<Shared> {
        Ok(Shared {
            greeting: "hello".to_owned(),
        })
    }
}

#[derive(Deserialize)]
struct Input {
    name: String,
    count: u8,
}

#[derive(Serialize)]
struct Output {
    text: String,
}

#[derive(Debug)]
struct SoldOut(&'static str);

impl fmt::Display for SoldOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is sold out", self.0)
    }
}

impl std::error::Error for SoldOut {}

#[lambda_function(name = "Greeter")]
async fn greet(input: Input, context: LambdaContext, greeting: State<String>) -> Result<Output> {
    assert!(context.remaining_time() > Duration::ZERO);
    assert!(
        context
            .invoked_function_arn
            .starts_with("arn:aws:lambda:us-east-1:")
    );
    if input.count == 0 {
        return Err(HttpError::bad_request("nobody to greet").with_cause("count is 0"));
    }
    let text = format!("{} {}", *greeting, input.name).repeat(usize::from(input.count));
    Ok(Output { text })
}

/// No event, no answer.
#[lambda_function]
fn ping() {}

#[lambda_function]
fn echo(event: Value) -> Value {
    event
}

#[lambda_function]
fn raw(event: Box<serde_json::value::RawValue>) -> Box<serde_json::value::RawValue> {
    event
}

#[lambda_function]
fn typed_error() -> Result<u8, SoldOut> {
    Err(SoldOut("tea"))
}

#[lambda_function]
fn propagated_error() -> Result<u8> {
    Err(SoldOut("coffee"))?
}

#[lambda_function]
fn boxed_error() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Err("boxed".into())
}

#[lambda_function]
fn chosen_error() -> Result<(), FunctionError> {
    Err(FunctionError::new("Teapot", "short and stout"))
}

#[lambda_function]
fn panics() {
    panic!("oh no");
}

/// Serializable errors are errors nevertheless.
#[derive(Serialize, Debug)]
struct Both;

impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "both")
    }
}

impl std::error::Error for Both {}

type Hidden = std::result::Result<u8, Both>;

#[lambda_function]
fn serializable_error() -> Hidden {
    Err(Both)
}

struct RequestId(String);

impl<S: Sync + 'static> FromInvocation<S> for RequestId {
    async fn from_invocation(event: &Event, _: &'static S) -> Result<RequestId> {
        let id = event.context().request_id.clone();
        if id.is_empty() {
            return Err(HttpError::bad_request("no id"));
        }
        Ok(RequestId(id))
    }
}

#[lambda_function]
async fn own_argument(_event: Value, id: RequestId) -> String {
    id.0
}

#[lambda_function]
async fn nested(
    event: std::collections::HashMap<String, u8>,
    state: State<Shared>,
) -> std::collections::HashMap<String, u8> {
    let _ = &state.greeting;
    event
}

#[route("/")]
fn index() -> &'static str {
    "index"
}

#[blueprint]
static TASKS: Blueprint = Blueprint {
    handlers: [nested, echo],
};

#[app]
static APP: App = App {
    name: "functions",
    handlers: [
        greet,
        ping,
        raw,
        typed_error,
        propagated_error,
        boxed_error,
        chosen_error,
        panics,
        serializable_error,
        own_argument,
        index,
    ],
    blueprints: [TASKS.prefix("tasks_")],
    state: Shared::new,
};

async fn invoke(function: &str, event: Value) -> std::result::Result<Value, Failed> {
    let client = Client::new(&APP).await.unwrap();
    client.lambda(function).invoke(event).await
}

async fn failure(function: &str) -> (String, String) {
    let error = invoke(function, Value::Null).await.unwrap_err();
    (error.error_type, error.error_message)
}

fn pair(error_type: &str, message: &str) -> (String, String) {
    (error_type.to_owned(), message.to_owned())
}

#[tokio::test]
async fn typed_in_and_out() {
    let answer = invoke("Greeter", json!({ "name": "you", "count": 1 })).await;
    assert_eq!(answer.unwrap(), json!({ "text": "hello you" }));
    assert_eq!(invoke("ping", json!([1])).await.unwrap(), Value::Null);
    let event = json!({ "a": [1, null, "x"] });
    assert_eq!(invoke("raw", event.clone()).await.unwrap(), event);
    assert_eq!(invoke("tasks_echo", event.clone()).await.unwrap(), event);
    let numbers = json!({ "a": 1 });
    assert_eq!(
        invoke("tasks_nested", numbers.clone()).await.unwrap(),
        numbers
    );
    assert!(invoke("own_argument", json!(1)).await.unwrap().is_string());
}

#[tokio::test]
async fn an_event_of_another_type_fails_the_invocation() {
    let error = invoke("Greeter", json!({ "name": "you" }))
        .await
        .unwrap_err();
    assert_eq!(error.error_type, "Chalice.MalformedEvent");
    assert!(
        error.error_message.contains("missing field `count`"),
        "{error}"
    );
}

#[tokio::test]
async fn errors_keep_type_and_message() {
    let zero = invoke("Greeter", json!({ "name": "you", "count": 0 }))
        .await
        .unwrap_err();
    assert_eq!(
        (zero.error_type.as_str(), zero.error_message.as_str()),
        ("BadRequestError", "nobody to greet")
    );
    assert_eq!(
        failure("typed_error").await,
        pair("SoldOut", "tea is sold out")
    );
    assert_eq!(
        failure("propagated_error").await,
        pair("SoldOut", "coffee is sold out")
    );
    assert_eq!(failure("boxed_error").await, pair("Error", "boxed"));
    assert_eq!(
        failure("chosen_error").await,
        pair("Teapot", "short and stout")
    );
    assert_eq!(failure("serializable_error").await, pair("Both", "both"));
    assert_eq!(
        failure("panics").await,
        pair("Chalice.Panic", "the handler panicked: oh no")
    );
}

#[tokio::test]
async fn functions_are_no_routes() {
    let client = Client::new(&APP).await.unwrap();
    assert_eq!(client.http().get("/").await.text(), "index");
    assert_eq!(client.http().get("/ping").await.status(), 403);
}
