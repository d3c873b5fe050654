//! What went wrong inside is for the log. An event cannot switch debug mode on.

use chalice::{prelude::*, test::Client};

const SECRET: &str = "postgres://admin:hunter2@db";

#[route("/fails")]
fn fails() -> Result<()> {
    Err(std::io::Error::other(SECRET))?
}

#[route("/panics")]
fn panics() {
    panic!("{SECRET}")
}

#[route("/typed/<id>", methods = [POST])]
fn typed(id: u8, body: Json<Vec<u8>>) -> String {
    format!("{id} {}", body.len())
}

#[app]
static APP: App = App {
    name: "closed",
    handlers: [fails, panics, typed],
};

#[tokio::test]
async fn failures_say_nothing() {
    let client = Client::new(&APP).await.unwrap();
    for path in [
        "/fails",
        "/panics",
        "/fails?debug=true",
        "/panics?CHALICE_DEBUG=1",
    ] {
        let request = client
            .http()
            .get(path)
            .header("x-debug", "1")
            .header("chalice-debug", "1");
        let response = request.await;
        assert_eq!(response.status(), 500);
        assert!(
            !response.text().contains("hunter2") && !response.text().contains("at "),
            "{path}"
        );
    }
    for stage in ["dev", "local", "test"] {
        let event = json!({
            "resource": "/fails", "httpMethod": "GET", "debug": true, "stageVariables": { "CHALICE_DEBUG": "1" },
            "requestContext": { "stage": stage, "debug": true },
        });
        let reply = client
            .lambda("api_handler")
            .invoke_json(&event.to_string())
            .await
            .unwrap();
        assert!(!reply.to_string().contains("hunter2"), "{reply}");
    }
}

#[tokio::test]
async fn refusals_tell_of_the_request_and_not_of_the_program() {
    let client = Client::new(&APP).await.unwrap();
    for (path, body) in [
        ("/typed/300", "[]"),
        ("/typed/1", "{"),
        ("/typed/1", "[1, 300]"),
    ] {
        let response = client.http().post(path).body(body).await;
        assert_eq!(response.status(), 400);
        for inner in ["src/", "::", "panicked", "chalice"] {
            assert!(!response.text().contains(inner), "{}", response.text());
        }
    }
}
