//! API Gateway keeps an authorizer's decision under the caller's identity, and
//! applies it to every path: a decision must not reach further than it says.

use chalice::{AuthPath, Method, prelude::*, test::Client};

#[authorizer]
fn owner(request: AuthRequest) -> AuthResponse {
    let name = request.token().to_owned();
    if name == "nothing" {
        return AuthResponse::allow(Vec::<AuthRoute>::new(), name);
    }
    AuthResponse::allow(
        [
            AuthRoute::new("/read/<id>", [Method::GET]),
            // A name that the client chooses: no wildcard, whatever it holds.
            AuthRoute::any(format!("/notes/{name}")),
            AuthRoute::any(AuthPath::wildcards("/reports/2026-*")),
        ],
        name,
    )
}

#[route("/read/<id>", methods = [GET, DELETE], authorizer = owner)]
fn read(id: String) -> String {
    id
}

#[route("/notes/<name>", authorizer = owner)]
fn notes(name: String, caller: Authorized) -> String {
    format!("{name} by {:?}", caller.principal_id())
}

#[route("/reports/<name>", authorizer = owner)]
fn reports(name: String) -> String {
    name
}

#[app]
static APP: App = App {
    name: "cache",
    handlers: [owner, read, notes, reports],
};

async fn status(client: &Client<APP>, path: &str, token: &str) -> u16 {
    let request = client.http().get(path).header("authorization", token);
    request.await.status().as_u16()
}

#[tokio::test]
async fn a_kept_decision_opens_what_it_names_and_nothing_else() {
    let client = Client::new(&APP).await.unwrap();
    for _ in 0..2 {
        assert_eq!(status(&client, "/read/1", "zoe").await, 200);
        assert_eq!(status(&client, "/notes/zoe", "zoe").await, 200);
        assert_eq!(status(&client, "/notes/adam", "zoe").await, 403);
        assert_eq!(status(&client, "/reports/2026-01", "zoe").await, 200);
        assert_eq!(status(&client, "/reports/2025-01", "zoe").await, 403);
        let delete = client
            .http()
            .delete("/read/1")
            .header("authorization", "zoe");
        assert_eq!(delete.await.status(), 403);
    }
}

#[tokio::test]
async fn names_are_no_wildcards() {
    let client = Client::new(&APP).await.unwrap();
    for token in ["*", "?dam", "a*", "**", "../*"] {
        assert_eq!(status(&client, "/notes/adam", token).await, 403, "{token}");
    }
}

#[tokio::test]
async fn callers_do_not_share_decisions() {
    let client = Client::new(&APP).await.unwrap();
    assert_eq!(status(&client, "/notes/zoe", "zoe").await, 200);
    for token in ["Zoe", "zoe2", "zo", "adam"] {
        assert_eq!(status(&client, "/notes/zoe", token).await, 403, "{token}");
    }
    let response = client
        .http()
        .get("/notes/adam")
        .header("authorization", "adam")
        .await;
    assert_eq!(response.text(), r#"adam by Some("adam")"#);
}

#[tokio::test]
async fn an_empty_list_is_a_denial() {
    let client = Client::new(&APP).await.unwrap();
    assert_eq!(status(&client, "/read/1", "nothing").await, 403);
    assert_eq!(client.http().get("/read/1").await.status(), 401);
}
