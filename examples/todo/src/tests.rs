//! The app's tests. Each has a client of its own, and with it a list of its own.

use chalice::{
    prelude::*,
    test::{Client, HttpResponse},
};

use crate::{APP, store::Item};

/// A client whose list has items of those titles.
async fn client(titles: &[&str]) -> Client<APP> {
    let client = Client::new(&APP).await.unwrap();
    for title in titles {
        let response = client
            .http()
            .post("/items")
            .json(&json!({ "title": title }))
            .await;
        assert_eq!(response.status(), 201);
    }
    client
}

/// Status, code and message of an error.
fn error(response: &HttpResponse) -> (u16, String, String) {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Body {
        code: String,
        message: String,
    }
    let Body { code, message } = response.json();
    (response.status().as_u16(), code, message)
}

#[tokio::test]
async fn an_item_lives_from_creation_to_removal() {
    let client = client(&[]).await;
    let http = client.http();

    let created = http
        .post("/items")
        .json(&json!({ "title": "buy milk" }))
        .await;
    assert_eq!(created.status(), 201);
    let item: Item = created.json();
    assert_eq!((item.title.as_str(), item.done), ("buy milk", false));
    let path = format!("/items/{}", item.id);
    assert_eq!(http.get(&path).await.json::<Item>(), item);

    let changed = http.patch(&path).json(&json!({ "done": true })).await;
    assert_eq!(changed.json::<Item>().title, "buy milk");
    assert!(http.get(&path).await.json::<Item>().done);

    let draft = json!({ "title": "buy oat milk" });
    let replaced: Item = http.put(&path).json(&draft).await.json();
    assert_eq!(
        (replaced.title.as_str(), replaced.done),
        ("buy oat milk", false)
    );

    let removed = http.delete(&path).await;
    assert_eq!(removed.status(), 204);
    assert!(removed.body().is_empty());
    assert_eq!(http.get(&path).await.status(), 404);
    assert_eq!(http.delete(&path).await.status(), 404);
}

#[tokio::test]
async fn the_list_is_filtered_by_the_query() {
    let client = client(&["buy milk", "buy bread", "sleep"]).await;
    let http = client.http();
    http.patch("/items/2").json(&json!({ "done": true })).await;

    for (path, ids) in [
        ("/items", vec![1, 2, 3]),
        ("/items?done=true", vec![2]),
        ("/items?done=false", vec![1, 3]),
        ("/items?title=buy", vec![1, 2]),
        ("/items?title=buy&done=false", vec![1]),
        ("/items?title=buy%20milk%21", vec![]),
    ] {
        let items: Vec<Item> = http.get(path).await.json();
        let found: Vec<u64> = items.iter().map(|item| item.id).collect();
        assert_eq!(found, ids, "{path}");
    }
    let counts: Value = http.get("/").await.json();
    assert_eq!(counts, json!({ "open": 2, "done": 1 }));

    let (status, code, message) = error(&http.get("/items?done=maybe").await);
    assert_eq!((status, code.as_str()), (400, "BadRequestError"));
    assert!(
        message.starts_with("the query string is invalid"),
        "{message}"
    );
}

#[tokio::test]
async fn every_error_has_its_status() {
    let client = client(&["buy milk", "sleep"]).await;
    let http = client.http();
    let answer =
        |status: u16, code: &str, message: &str| (status, code.to_owned(), message.to_owned());

    assert_eq!(
        error(&http.get("/items/17").await),
        answer(404, "NotFoundError", "no item has the id 17")
    );
    assert_eq!(
        error(&http.post("/items").json(&json!({ "title": "sleep" })).await),
        answer(
            409,
            "ConflictError",
            "item 2 is to be done and has the title `sleep` already"
        )
    );
    assert_eq!(
        error(&http.patch("/items/1").json(&json!({ "title": "" })).await),
        answer(
            422,
            "UnprocessableEntityError",
            "a title has 1 to 100 characters, and this one has 0"
        )
    );
    for response in [
        http.get("/items/first").await,
        http.put("/items/1").json(&json!({ "done": true })).await,
        http.patch("/items/1").json(&json!({ "titel": "x" })).await,
        http.post("/items").body("buy milk").await,
    ] {
        let (status, code, _) = error(&response);
        assert_eq!((status, code.as_str()), (400, "BadRequestError"));
    }
    // What was refused has changed nothing.
    let items: Vec<Item> = http.get("/items").await.json();
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["buy milk", "sleep"]);
}

#[tokio::test]
async fn a_title_is_free_again_when_its_item_is_done() {
    let client = client(&["sleep"]).await;
    let http = client.http();
    http.patch("/items/1").json(&json!({ "done": true })).await;
    let again = http.post("/items").json(&json!({ "title": "sleep" })).await;
    assert_eq!(again.status(), 201);
    // Now the first one cannot be reopened.
    let reopened = http.patch("/items/1").json(&json!({ "done": false })).await;
    assert_eq!(reopened.status(), 409);
}

#[tokio::test]
async fn pages_of_other_origins_may_use_the_items() {
    let client = client(&[]).await;
    let http = client.http();
    let allowed = "access-control-allow-origin";

    let preflight = http
        .options("/items/1")
        .header("origin", "https://example.com")
        .header("access-control-request-method", "PATCH")
        .await;
    assert_eq!(preflight.status(), 200);
    assert_eq!(preflight.header(allowed), Some("*"));
    let methods = preflight.header("access-control-allow-methods").unwrap();
    assert_eq!(methods, "GET,PUT,PATCH,DELETE,OPTIONS");

    assert_eq!(http.get("/items").await.header(allowed), Some("*"));
    // A page can only read an error that allows it, too.
    let error = http.get("/items/17").await;
    assert_eq!(
        (error.status().as_u16(), error.header(allowed)),
        (404, Some("*"))
    );
    assert_eq!(http.get("/").await.header(allowed), None);
}
