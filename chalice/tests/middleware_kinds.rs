//! Middleware of every kind, through the test client.

use std::sync::Mutex;

use chalice::{
    prelude::*,
    test::{Client, events},
};

#[derive(AppState)]
struct Shared {
    log: Log,
}

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }
}

impl Shared {
    async fn new() -> Result<Shared> {
        Ok(Shared {
            log: Log::default(),
        })
    }
}

#[middleware(all)]
async fn all(event: Event, next: Next<'_, Event>, log: State<Log>) -> Outcome {
    let kind = match &event {
        Event::Http(_) => "http",
        Event::S3(_) => "s3",
        Event::Sns(_) => "sns",
        Event::Sqs(_) => "sqs",
        Event::Kinesis(_) => "kinesis",
        Event::DynamoDb(_) => "dynamodb",
        Event::CloudWatch(_) => "cloudwatch",
        Event::Scheduled(_) => "scheduled",
        Event::Websocket(_) => "websocket",
        Event::PureLambda(_) => "pure_lambda",
        _ => "other",
    };
    assert!(!event.context().request_id.is_empty());
    log.note(format!("all {kind}"));
    let outcome = next.run(event).await;
    log.note("all out");
    outcome
}

#[middleware(http)]
async fn http(request: Request, next: Next<'_>, log: State<Log>) -> Response {
    log.note("http");
    next.run(request).await
}

/// A middleware that notes its kind, and what it sees of the event.
macro_rules! noting {
    ($($kind:ident $event:ident $seen:expr;)*) => {$(
        #[middleware($kind)]
        async fn $kind(event: $event, next: Next<'_, $event>, log: State<Log>) -> FunctionResult {
            let seen: fn(&$event) -> String = $seen;
            log.note(format!("{} {}", stringify!($kind), seen(&event)));
            next.run(event).await
        }
    )*};
}

noting! {
    s3 S3Event |event| event.key().to_string();
    sns SnsEvent |event| event.message().to_string();
    sqs SqsEvent |event| event.records().len().to_string();
    kinesis KinesisEvent |event| event.records().len().to_string();
    dynamodb DynamoDbEvent |event| event.records().len().to_string();
    cloudwatch CloudWatchEvent |event| event.source().to_owned();
    scheduled ScheduledEvent |event| event.source().to_owned();
    websocket WebsocketEvent |event| event.connection_id().to_owned();
}

/// Does what the payload says.
#[middleware(pure_lambda)]
async fn pure_lambda(
    event: LambdaFunctionEvent,
    next: Next<'_, LambdaFunctionEvent>,
    log: State<Log>,
) -> Result<FunctionResponse> {
    log.note(format!("pure_lambda {}", event.raw()));
    match event.parse::<String>()?.as_str() {
        "short-circuit" => Ok(FunctionResponse::new("from the middleware")?),
        "refuse" => Err(HttpError::forbidden("refused")),
        "panic" => panic!("in the middleware"),
        "replace" => {
            let other = serde_json::value::to_raw_value("replaced")?;
            let event = LambdaFunctionEvent::from_raw(other, event.context().clone());
            let answer: String = next.run(event).await?.parse()?;
            Ok(FunctionResponse::new(&format!("{answer}!"))?)
        }
        _ => match next.run(event).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                log.note(format!("saw {error}"));
                Ok(FunctionResponse::new("recovered")?)
            }
        },
    }
}

/// Around the blueprint's own handlers alone.
#[middleware(pure_lambda)]
async fn inner(
    event: LambdaFunctionEvent,
    next: Next<'_, LambdaFunctionEvent>,
    log: State<Log>,
) -> FunctionResult {
    log.note("inner");
    next.run(event).await
}

#[route("/")]
fn index() {}

#[on_s3_event(bucket = "mybucket")]
fn on_s3(_event: S3Event) {}

#[on_sns_message(topic = "t")]
fn on_sns(_event: SnsEvent) {}

#[on_sqs_message(queue = "q")]
fn on_sqs(record: SqsRecord, log: State<Log>) {
    log.note(format!("handler {}", record.body()));
}

#[on_kinesis_record(stream = "s")]
fn on_kinesis(_event: KinesisEvent) {}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music/stream/2026-01-01T00:00:00.000"
)]
fn on_dynamodb(_event: DynamoDbEvent) {}

#[on_cw_event({ "source": ["aws.ec2"] })]
fn on_cw(_event: CloudWatchEvent) {}

#[schedule("rate(1 hour)")]
fn on_schedule() {}

#[on_ws_message]
fn on_ws(_event: WebsocketEvent) {}

#[lambda_function]
fn pure(event: String) -> Result<String> {
    match event.as_str() {
        "fail" => Err(HttpError::bad_request("failed")),
        "panic in handler" => panic!("in the handler"),
        _ => Ok(event),
    }
}

#[lambda_function]
fn in_blueprint(_event: Value) {}

#[blueprint]
static BLUEPRINT: Blueprint = Blueprint {
    handlers: [in_blueprint],
    middleware: [inner],
};

#[app]
static APP: App = App {
    name: "kinds",
    handlers: [
        index,
        on_s3,
        on_sns,
        on_sqs,
        on_kinesis,
        on_dynamodb,
        on_cw,
        on_schedule,
        on_ws,
        pure,
    ],
    blueprints: [BLUEPRINT],
    middleware: [
        all,
        http,
        s3,
        sns,
        sqs,
        kinesis,
        dynamodb,
        cloudwatch,
        scheduled,
        websocket,
        pure_lambda,
    ],
    state: Shared::new,
};

fn log(client: &Client<APP>) -> Vec<String> {
    client.state().log.0.lock().unwrap().clone()
}

async fn seen(function: &str, event: impl Serialize) -> Vec<String> {
    let client = Client::new(&APP).await.unwrap();
    client.lambda(function).invoke(event).await.unwrap();
    log(&client)
}

#[tokio::test]
async fn each_kind_sees_its_own_events() {
    assert_eq!(
        seen("on_s3", events::s3("mybucket", "a.jpg")).await,
        ["all s3", "s3 a.jpg", "all out"]
    );
    assert_eq!(
        seen("on_sns", events::sns("hello")).await,
        ["all sns", "sns hello", "all out"]
    );
    assert_eq!(
        seen("on_sqs", events::sqs(["a", "b"])).await,
        ["all sqs", "sqs 2", "handler a", "handler b", "all out"]
    );
    assert_eq!(
        seen("on_kinesis", events::kinesis(["a"])).await,
        ["all kinesis", "kinesis 1", "all out"]
    );
    let change = events::DynamoDbChange::insert(json!({ "id": 1 }));
    assert_eq!(
        seen("on_dynamodb", events::dynamodb([change])).await,
        ["all dynamodb", "dynamodb 1", "all out"]
    );
    assert_eq!(
        seen("on_cw", events::cloudwatch("aws.ec2", "d", json!({}))).await,
        ["all cloudwatch", "cloudwatch aws.ec2", "all out"]
    );
    assert_eq!(
        seen("on_schedule", events::schedule("r")).await,
        ["all scheduled", "scheduled aws.events", "all out"]
    );
    assert_eq!(
        seen("websocket_message", events::websocket_message("c1", "hi")).await,
        ["all websocket", "websocket c1", "all out"]
    );
    assert_eq!(
        seen("pure", "x").await,
        ["all pure_lambda", "pure_lambda \"x\"", "all out"]
    );
    assert_eq!(
        seen("in_blueprint", "x").await,
        ["all pure_lambda", "pure_lambda \"x\"", "inner", "all out"]
    );
    let client = Client::new(&APP).await.unwrap();
    assert_eq!(client.http().get("/").await.status(), 200);
    assert_eq!(log(&client), ["all http", "http", "all out"]);
}

#[tokio::test]
async fn middleware_answers_replaces_and_recovers() {
    let client = Client::new(&APP).await.unwrap();
    let pure = client.lambda("pure");
    assert_eq!(pure.invoke("x").await.unwrap(), "x");
    assert_eq!(
        pure.invoke("short-circuit").await.unwrap(),
        "from the middleware"
    );
    assert_eq!(pure.invoke("replace").await.unwrap(), "replaced!");
    assert_eq!(pure.invoke("fail").await.unwrap(), "recovered");
    assert_eq!(pure.invoke("panic in handler").await.unwrap(), "recovered");
    let lines = log(&client);
    assert!(
        lines.contains(&"saw BadRequestError: failed".to_owned()),
        "{lines:?}"
    );
    let panicked = "saw Chalice.Panic: the handler panicked: in the handler";
    assert!(lines.contains(&panicked.to_owned()), "{lines:?}");
}

#[tokio::test]
async fn what_goes_wrong_in_middleware_is_seen_around_it() {
    let client = Client::new(&APP).await.unwrap();
    let error = client.lambda("pure").invoke("refuse").await.unwrap_err();
    assert_eq!(error.to_string(), "ForbiddenError: refused");
    let error = client.lambda("pure").invoke("panic").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Chalice.Panic: a middleware panicked: in the middleware"
    );
    // The one around it went on.
    assert_eq!(log(&client).last().unwrap(), "all out");
    // What middleware cannot read either.
    let error = client.lambda("pure").invoke(1).await.unwrap_err();
    assert_eq!(error.error_type, "Chalice.MalformedEvent");
}

/// Takes one kind of event for another.
#[middleware(all)]
async fn mixing(event: Event, next: Next<'_, Event>) -> Outcome {
    let Event::Http(request) = &event else {
        return next.run(event).await;
    };
    match request.path() {
        "/outcome" => Outcome::Function(Ok(FunctionResponse::null())),
        _ => {
            let raw = serde_json::value::to_raw_value("x").unwrap();
            let context = event.context().clone();
            let other = LambdaFunctionEvent::from_raw(raw, context);
            next.run(Event::PureLambda(other)).await
        }
    }
}

#[middleware(http)]
async fn outermost(request: Request, next: Next<'_>) -> Response {
    next.run(request).await.with_header("x-seen", "yes")
}

#[route("/<what>")]
fn mixed(what: String) -> String {
    what
}

#[app]
static MIXING: App = App {
    name: "mixing",
    handlers: [mixed],
    middleware: [outermost, mixing],
};

#[tokio::test]
async fn mixed_up_kinds_are_a_500_of_the_one_request() {
    let client = Client::new(&MIXING).await.unwrap();
    for path in ["/outcome", "/event"] {
        let response = client.http().get(path).await;
        assert_eq!(response.status(), 500, "{path}");
        assert_eq!(response.header("x-seen"), Some("yes"), "{path}");
    }
}
