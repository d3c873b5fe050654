//! Debug mode, as the test client shows it.

use chalice::{Application, prelude::*, test::Client};

#[route("/fails", cors)]
async fn fails() -> Result<String> {
    Ok(std::fs::read_to_string("/no/such/file")?)
}

#[route("/panics")]
fn panics() -> String {
    panic!("out of coffee")
}

#[route("/chosen")]
fn chosen() -> Result<String> {
    Err(HttpError::view_error("try later").with_cause("the disk is full"))
}

#[app]
static SHOWN: App = App {
    name: "shown",
    handlers: [fails, panics, chosen],
    debug: true,
};

#[app]
static HIDDEN: App = App {
    name: "hidden",
    handlers: [fails, panics, chosen],
};

#[tokio::test]
async fn an_unexpected_failure_is_shown() {
    let client = Client::new(&SHOWN).await.unwrap();
    let response = client.http().get("/fails").await;
    assert_eq!(response.status(), 500);
    assert_eq!(
        response.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(response.text(), "No such file or directory (os error 2)");
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    let response = client.http().get("/panics").await;
    assert_eq!(response.text(), "the handler panicked: out of coffee");
}

#[tokio::test]
async fn without_debug_mode_the_client_learns_nothing() {
    let client = Client::new(&HIDDEN).await.unwrap();
    for path in ["/fails", "/panics"] {
        let response = client.http().get(path).await;
        assert_eq!(response.status(), 500);
        assert_eq!(
            response.json::<Value>(),
            json!({ "Code": "InternalServerError", "Message": "An internal server error occurred." })
        );
    }
}

async fn stays<A: Application>(app: &'static A) {
    let client = Client::new(app).await.unwrap();
    let response = client.http().get("/chosen").await;
    assert_eq!(response.status(), 500);
    assert_eq!(
        response.json::<Value>(),
        json!({ "Code": "ChaliceViewError", "Message": "try later" })
    );
}

#[tokio::test]
async fn an_answer_that_was_chosen_stays() {
    stays(&SHOWN).await;
    stays(&HIDDEN).await;
}
