//! Stages: clients of different settings, side by side in one process.

use std::{path::Path, process::Command, time::Duration};

use chalice::{
    HttpService, LayeredService, env, http,
    prelude::*,
    test::{Client, ClientBuilder, events},
};
use tower::ServiceBuilder;

/// Nothing but clients may set it.
const WHO: &str = "CHALICE_STAGES_WHO";

struct Connected(String);

#[derive(AppState)]
struct Shared {
    connected: Connected,
}

impl Shared {
    async fn connect() -> Result<Shared> {
        tokio::task::yield_now().await;
        let connected = Connected(who());
        Ok(Shared { connected })
    }
}

fn who() -> String {
    env::var(WHO)
        .or_else(|_| env::var("WHO"))
        .unwrap_or_else(|_| "nobody".to_owned())
}

/// Who an invocation is for, before and after others had their turn.
async fn who_after_all() -> String {
    let before = who();
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert_eq!(before, who());
    before
}

#[authorizer]
async fn guard(request: AuthRequest) -> AuthResponse {
    let _ = request;
    let who = who_after_all().await;
    AuthResponse::allow(["*"], "user").context("who", who)
}

#[derive(Deserialize)]
struct Claims {
    who: String,
}

#[route("/guarded", authorizer = guard)]
async fn guarded(claims: Authorized<Claims>) -> String {
    format!("{} let {} in", claims.who, who_after_all().await)
}

#[route("/", cors)]
async fn index(connected: State<Connected>) -> String {
    format!("{} by {}", who_after_all().await, connected.0)
}

/// What a handler spawns has to be given the variables.
#[route("/spawned")]
async fn spawned() -> Result<String> {
    let alone = tokio::spawn(async { who() }).await?;
    let scoped = tokio::spawn(env::current().scope(who_after_all())).await?;
    let variables = env::current();
    let blocking = tokio::task::spawn_blocking(move || variables.var(WHO)).await??;
    Ok(format!("{alone}, {scoped}, {blocking}"))
}

#[route("/streamed", stream)]
fn streamed() -> StreamingBody {
    StreamingBody::written_by(async |chunks: chalice::StreamSender| {
        for _ in 0..3 {
            chunks.send(who_after_all().await).await?;
        }
        Ok(())
    })
}

#[route("/limit")]
fn limit() -> Result<String> {
    let limit: u32 = env::parse("LIMIT")?;
    Ok(limit.to_string())
}

#[on_s3_event(bucket = "images")]
async fn resize(event: S3Event) -> Result<()> {
    let _ = event;
    Err(HttpError::conflict(who_after_all().await))
}

#[on_sqs_message(queue = "orders")]
async fn order(record: SqsRecord) -> Result<()> {
    match *record.body() == who_after_all().await {
        true => Ok(()),
        false => Err(HttpError::conflict("for somebody else")),
    }
}

#[lambda_function]
async fn work(context: LambdaContext) -> Value {
    json!({
        "who": who_after_all().await,
        "colour": env::var("COLOUR").ok(),
        "name": context.env_config.function_name,
        "variable": env::var("AWS_LAMBDA_FUNCTION_NAME").ok(),
        "memory": context.env_config.memory,
        "seconds": context.remaining_time().as_secs_f64().ceil(),
    })
}

#[middleware(all)]
async fn note(event: Event, next: Next<'_, Event>) -> Outcome {
    let before = who();
    let outcome = next.run(event).await;
    assert_eq!(before, who());
    outcome
}

#[middleware(http)]
async fn tell(request: Request, next: Next<'_, Request>) -> Response {
    next.run(request)
        .await
        .with_header("x-middleware", who_after_all().await)
}

fn layer(service: HttpService) -> impl LayeredService {
    ServiceBuilder::new()
        .map_response(tell_outside)
        .service(service)
}

fn tell_outside<B>(mut response: http::Response<B>) -> http::Response<B> {
    if let Ok(who) = who().parse() {
        response.headers_mut().insert("x-layer", who);
    }
    response
}

#[app]
static APP: App = App {
    name: "stages",
    handlers: [
        guard, guarded, index, spawned, streamed, limit, resize, order, work,
    ],
    middleware: [note, tell],
    layer: layer,
    state: Shared::connect,
};

/// Everything of an app, for a client that says who it is.
async fn check(client: &Client<impl chalice::Application>, who: &str) {
    let http = client.http();
    let response = http.get("/").await;
    assert_eq!(response.text(), format!("{who} by {who}"));
    assert_eq!(response.header("x-middleware"), Some(who));
    assert_eq!(response.header("x-layer"), Some(who));
    let response = http.get("/guarded").header("authorization", "x").await;
    assert_eq!(response.text(), format!("guard of {who} let {who} in"));
    let response = http.get("/spawned").await;
    assert_eq!(response.text(), format!("nobody, {who}, {who}"));
    assert_eq!(http.get("/streamed").await.text(), who.repeat(3));
    let resize = client.lambda("resize");
    let error = resize.invoke(events::s3("images", "a")).await.unwrap_err();
    assert_eq!(error.error_message, who);
    let event = events::sqs([who, "somebody"]);
    let report = client.lambda("order").invoke(event).await.unwrap();
    let failures = report["batchItemFailures"].as_array().unwrap();
    assert_eq!(failures.len(), 1, "{who}: {report}");
    let worked = client.lambda("work").invoke(json!({})).await.unwrap();
    assert_eq!(worked["who"], format!("work of {who}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clients_side_by_side_have_their_own_variables() {
    let clients = (0..8).map(|number| async move {
        let who = format!("client-{number}");
        let client = Client::builder(&APP)
            .env(WHO, &who)
            .function("guard", |function| {
                function.env(WHO, format!("guard of {who}"))
            })
            .function("work", |function| {
                function.env(WHO, format!("work of {who}"))
            })
            .build()
            .await
            .unwrap();
        for _ in 0..5 {
            check(&client, &who).await;
        }
    });
    let tasks: Vec<_> = clients.map(tokio::spawn).collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(std::env::var_os(WHO), None);
    // And on one thread.
    let first = Client::builder(&APP)
        .env(WHO, "first")
        .build()
        .await
        .unwrap();
    let second = Client::builder(&APP)
        .env(WHO, "second")
        .build()
        .await
        .unwrap();
    for _ in 0..20 {
        let (one, two) = tokio::join!(async { first.http().get("/").await }, async {
            second.http().get("/").await
        },);
        assert_eq!(one.text(), "first by first");
        assert_eq!(two.text(), "second by second");
    }
    assert_eq!(std::env::var_os(WHO), None);
    assert_eq!(who(), "nobody");
}

#[tokio::test]
async fn a_client_without_settings_has_the_environment_of_the_process() {
    let client = Client::new(&APP).await.unwrap();
    assert_eq!(client.http().get("/").await.text(), "nobody by nobody");
    let worked = client.lambda("work").invoke(json!({})).await.unwrap();
    assert_eq!(
        worked,
        json!({
            "who": "nobody",
            "colour": null,
            "name": "stages-dev-work",
            "variable": "stages-dev-work",
            "memory": 128,
            "seconds": 60.0,
        })
    );
}

#[tokio::test]
async fn a_variable_that_is_no_value_of_its_type_fails_the_request() {
    let client = async |limit: Option<&str>| {
        let builder = Client::builder(&APP).envs(limit.map(|limit| ("LIMIT", limit)));
        builder.build().await.unwrap()
    };
    let response = client(Some("10")).await.http().get("/limit").await;
    assert_eq!((response.status(), response.text()), (StatusCode::OK, "10"));
    for limit in [None, Some("ten")] {
        let response = client(limit).await.http().get("/limit").await;
        assert_eq!(response.status(), 500);
        assert!(!response.text().contains("LIMIT"));
    }
}

#[tokio::test]
async fn stages_of_the_configuration_are_those_of_the_file() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages");
    let stage = |name: &str| -> ClientBuilder<_> {
        Client::builder(&APP).stage_from_config_in(&project, name)
    };
    for (name, index, who, name_of_work, memory) in [
        ("dev", "top by top", "top", "stages-dev-work", 128),
        (
            "prod",
            "prod by prod",
            "prod's work",
            "stages-prod-work",
            512,
        ),
    ] {
        let client = stage(name).build().await.unwrap();
        assert_eq!(client.http().get("/").await.text(), index);
        let worked = client.lambda("work").invoke(json!({})).await.unwrap();
        assert_eq!(
            worked,
            json!({
                "who": who,
                "colour": "green",
                "name": name_of_work,
                "variable": name_of_work,
                "memory": memory,
                "seconds": 30.0,
            })
        );
    }
    let client = stage("prod")
        .env("WHO", "the test")
        .timeout(Duration::from_secs(5));
    let client = client.build().await.unwrap();
    assert_eq!(client.http().get("/").await.text(), "the test by the test");
    let worked = client.lambda("work").invoke(json!({})).await.unwrap();
    assert_eq!(
        (&worked["who"], &worked["seconds"]),
        (&json!("the test"), &json!(5.0))
    );
}

/// Cargo says where the crate is that is tested; in a second process, it is one that has a configuration.
#[tokio::test]
async fn the_project_is_the_crate_that_is_tested() {
    const TEST: &str = "the_project_is_the_crate_that_is_tested";
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = crate_dir.join("tests/stages");
    let built = Client::builder(&APP)
        .stage_from_config("prod")
        .build()
        .await;
    if std::env::var_os("CARGO_MANIFEST_DIR").is_some_and(|directory| directory == project) {
        let response = built.unwrap().http().get("/").await;
        assert_eq!(response.text(), "prod by prod");
        return;
    }
    let message = format!("{:?}", built.unwrap_err());
    let missing = crate_dir.join(".chalice/config.json");
    let expected = format!("{} cannot be read: ", missing.display());
    assert!(message.contains(&expected), "{message}");

    let mut second = Command::new(std::env::current_exe().unwrap());
    second.args(["--exact", TEST]);
    let output = second.env("CARGO_MANIFEST_DIR", &project).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{stdout}");
    assert!(stdout.contains("1 passed"), "{stdout}");
    second.env_remove("CARGO_MANIFEST_DIR");
    let output = second.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(
        stdout.contains("the environment variable CARGO_MANIFEST_DIR is not set"),
        "{stdout}"
    );
}
