//! Requests side by side in one process: none sees anything of another one.

use chalice::{Response, prelude::*, test::Client};

#[middleware(http)]
async fn tag(request: Request, next: Next<'_>) -> Response {
    let user = request.header("x-user").unwrap_or_default().to_owned();
    let response = next.run(request).await;
    tokio::task::yield_now().await;
    response.with_header("x-user", user)
}

#[route("/echo/<name>", methods = [POST])]
async fn echo(name: String, request: &Request, body: Json<String>) -> String {
    let id = request.lambda_context().request_id.clone();
    for _ in 0..5 {
        tokio::task::yield_now().await;
        assert_eq!(id, request.lambda_context().request_id);
    }
    if name == "panic" {
        panic!("for the others to notice");
    }
    let user = request.header("x-user").unwrap_or_default();
    let cookie = request.cookies().get("user").unwrap_or_default();
    let asked = request.query().get("user").unwrap_or_default();
    format!("{name} {user} {cookie} {asked} {}", *body)
}

#[app]
static APP: App = App {
    name: "isolation",
    handlers: [echo],
    middleware: [tag],
};

#[tokio::test]
async fn every_request_gets_its_own_answer() {
    let client = std::rc::Rc::new(Client::new(&APP).await.unwrap());
    let local = tokio::task::LocalSet::new();
    let tasks: Vec<_> = (0..200)
        .map(|at| {
            let client = client.clone();
            local.spawn_local(async move {
                let name = if at % 7 == 0 {
                    "panic".to_owned()
                } else {
                    format!("n{at}")
                };
                let response = client
                    .http()
                    .post(&format!("/echo/{name}?user={at}"))
                    .header("x-user", &at.to_string())
                    .header("cookie", &format!("user={at}"))
                    .json(&at.to_string())
                    .await;
                match name.as_str() {
                    "panic" => assert_eq!(response.status(), 500),
                    name => assert_eq!(response.text(), format!("{name} {at} {at} {at} {at}")),
                }
                assert_eq!(response.header("x-user"), Some(at.to_string().as_str()));
            })
        })
        .collect();
    local
        .run_until(async {
            for task in tasks {
                task.await.unwrap();
            }
        })
        .await;
}
