//! What middleware sees and does, through the test client.

use std::sync::{
    Mutex,
    atomic::{AtomicU32, Ordering},
};

use chalice::{prelude::*, test::Client};

#[derive(AppState)]
struct AppState {
    trace: Trace,
    count: AtomicU32,
}

#[derive(Default)]
struct Trace(Mutex<Vec<String>>);

impl Trace {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }
}

impl AppState {
    async fn connect() -> Result<AppState> {
        Ok(AppState {
            trace: Trace::default(),
            count: AtomicU32::new(0),
        })
    }
}

#[middleware(http)]
async fn outer(request: Request, next: Next<'_>, trace: State<Trace>) -> Response {
    trace.note(format!("outer in {}", request.route()));
    let response = next.run(request).await;
    trace.note(format!("outer out {}", response.status().as_u16()));
    response
}

#[middleware(all)]
async fn every(event: Event, next: Next<'_, Event>, trace: State<Trace>) -> Outcome {
    trace.note("every in");
    let outcome = next.run(event).await;
    trace.note("every out");
    outcome
}

/// Answers instead of the handler, fails, panics: as the request asks.
#[middleware(http)]
async fn gate(request: Request, next: Next<'_>) -> Result<Response> {
    match request.header("x-gate") {
        Some("closed") => Err(HttpError::forbidden("closed")),
        Some("broken") => Err(std::io::Error::other("secret").into()),
        Some("panics") => panic!("in the gate"),
        Some("elsewhere") => Ok(Redirect::temporary("/elsewhere").into_response()),
        _ => Ok(next.run(request).await),
    }
}

#[route("/", cors)]
fn index(trace: State<Trace>) -> String {
    trace.note("index");
    "index".to_owned()
}

#[route("/fails", cors)]
fn fails() -> Result<()> {
    Err(std::io::Error::other("secret"))?
}

#[route("/panics")]
fn panics() {
    panic!("in the handler")
}

#[route("/typed", methods = [POST], content_types = ["application/json"])]
fn typed() {}

#[route("/trace")]
fn traced(trace: State<Trace>) -> String {
    trace.0.lock().unwrap().join(", ")
}

mod users {
    use super::*;

    #[middleware(http)]
    async fn counted(
        request: Request,
        next: Next<'_>,
        count: State<AtomicU32>,
        trace: State<Trace>,
    ) -> Response {
        trace.note("counted");
        let count = count.fetch_add(1, Ordering::Relaxed) + 1;
        next.run(request)
            .await
            .with_header("x-count", &count.to_string())
    }

    #[route("/")]
    fn list(trace: State<Trace>) {
        trace.note("users");
    }

    pub(crate) mod orders {
        use super::*;

        #[middleware(http)]
        async fn innermost(request: Request, next: Next<'_>, trace: State<Trace>) -> Response {
            trace.note("innermost");
            next.run(request).await
        }

        #[route("/")]
        fn list(trace: State<Trace>) {
            trace.note("orders");
        }

        #[blueprint]
        pub static BLUEPRINT: Blueprint = Blueprint {
            handlers: [list],
            middleware: [innermost],
        };
    }

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint {
        handlers: [list],
        blueprints: [orders::BLUEPRINT.at("/orders").prefix("orders_")],
        middleware: [counted],
    };
}

#[app]
static APP: App = App {
    name: "onion",
    handlers: [index, fails, panics, typed, traced],
    blueprints: [users::BLUEPRINT.at("/users")],
    middleware: [outer, every, gate],
    state: AppState::connect,
};

async fn client() -> Client<APP> {
    Client::new(&APP).await.unwrap()
}

/// What was noted while `path` was answered.
async fn trace_of(path: &str) -> String {
    let client = client().await;
    client.http().get(path).await;
    let trace = client.http().get("/trace").await;
    let text = trace.text().to_owned();
    let own = ", outer in /trace, every in";
    text.strip_suffix(own).unwrap().to_owned()
}

#[tokio::test]
async fn the_first_one_listed_is_the_outermost() {
    assert_eq!(
        trace_of("/").await,
        "outer in /, every in, index, every out, outer out 200"
    );
}

#[tokio::test]
async fn a_blueprints_middleware_is_inside_and_its_own() {
    assert_eq!(
        trace_of("/users").await,
        "outer in /users, every in, counted, users, every out, outer out 200"
    );
    assert_eq!(
        trace_of("/users/orders").await,
        "outer in /users/orders, every in, counted, innermost, orders, every out, outer out 200"
    );
}

#[tokio::test]
async fn what_goes_wrong_inside_is_a_response() {
    for (path, status) in [("/fails", 500), ("/panics", 500)] {
        let expected = format!("outer in {path}, every in, every out, outer out {status}");
        assert_eq!(trace_of(path).await, expected);
    }
}

#[tokio::test]
async fn refused_content_types_pass_through_middleware() {
    let client = client().await;
    let response = client
        .http()
        .post("/typed")
        .header("content-type", "text/plain")
        .await;
    assert_eq!(response.status(), 415);
    let trace = client.http().get("/trace").await;
    assert!(trace.text().contains("outer out 415"), "{}", trace.text());
}

#[tokio::test]
async fn a_middleware_can_answer_itself() {
    let client = client().await;
    let response = client.http().get("/").header("x-gate", "closed").await;
    assert_eq!(response.status(), 403);
    assert_eq!(
        response.json::<Value>(),
        json!({ "Code": "ForbiddenError", "Message": "closed" })
    );
    let response = client.http().get("/").header("x-gate", "elsewhere").await;
    assert_eq!(response.status(), 307);
    let trace = client.http().get("/trace").await;
    assert!(!trace.text().contains("index"), "{}", trace.text());
}

#[tokio::test]
async fn what_goes_wrong_in_middleware_is_a_500_without_details() {
    let client = client().await;
    for gate in ["broken", "panics"] {
        let response = client.http().get("/").header("x-gate", gate).await;
        assert_eq!(response.status(), 500);
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            response.json::<Value>(),
            json!({ "Code": "InternalServerError", "Message": "An internal server error occurred." })
        );
    }
    let trace = client.http().get("/trace").await;
    assert_eq!(
        trace.text().matches("outer out 500").count(),
        2,
        "{}",
        trace.text()
    );
}

#[tokio::test]
async fn a_middleware_can_change_the_response() {
    let client = client().await;
    for expected in ["1", "2"] {
        let response = client.http().get("/users").await;
        assert_eq!(response.headers()["x-count"], expected);
    }
}
