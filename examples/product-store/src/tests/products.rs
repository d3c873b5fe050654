//! The routes of products.

use chalice::{prelude::*, test::Client};

use super::aws::{Aws, STORE, add, error, product};

#[tokio::test]
async fn a_product_from_its_beginning_to_its_end() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    let http = client.http();

    let created = http.post("/products").json(&product("lamp", "light")).await;
    assert_eq!(created.status(), 201);
    assert_eq!(created.header("location"), Some("/products/lamp"));
    let lamp = json!({
        "id": "lamp", "name": "The lamp", "category": "light", "price": 1999, "picture_size": null,
    });
    assert_eq!(created.json::<Value>(), lamp);
    assert_eq!(http.get("/products/lamp").await.json::<Value>(), lamp);

    let details = json!({ "name": "Ünder the lamp", "category": "shade", "price": 0 });
    let changed = http.put("/products/lamp").json(&details).await;
    assert_eq!(changed.status(), 200);
    let shade = json!({
        "id": "lamp", "name": "Ünder the lamp", "category": "shade", "price": 0, "picture_size": null,
    });
    assert_eq!(changed.json::<Value>(), shade);
    assert_eq!(http.get("/products/lamp").await.json::<Value>(), shade);

    let removed = http.delete("/products/lamp").await;
    assert_eq!((removed.status().as_u16(), removed.text()), (204, ""));
    assert_eq!(http.get("/products/lamp").await.status(), 404);
}

/// The ids of a page, and the next one.
async fn page(client: &Client<STORE>, query: &str) -> (Vec<String>, Option<String>) {
    #[derive(Deserialize)]
    struct Page {
        products: Vec<Listed>,
        next: Option<String>,
    }
    #[derive(Deserialize)]
    struct Listed {
        id: String,
    }
    let response = client.http().get(&format!("/products{query}")).await;
    assert_eq!(response.status(), 200, "{query}: {}", response.text());
    let Page { products, next } = response.json();
    (products.into_iter().map(|it| it.id).collect(), next)
}

#[tokio::test]
async fn products_are_listed_by_category() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    add(
        &client,
        &[
            ("torch", "light"),
            ("table", "wood"),
            ("lamp", "light"),
            ("candle", "light"),
        ],
    )
    .await;

    let (mut all, next) = page(&client, "").await;
    all.sort();
    assert_eq!(all, ["candle", "lamp", "table", "torch"]);
    assert_eq!(next, None);
    for (category, ids) in [
        ("light", &["candle", "lamp", "torch"][..]),
        ("wood", &["table"]),
        ("stone", &[]),
        ("light%20and%20wood", &[]),
    ] {
        let (found, next) = page(&client, &format!("?category={category}")).await;
        assert_eq!(found, ids, "{category}");
        assert_eq!(next, None);
    }

    // A product that changes its category is in the other list.
    let details = json!({ "name": "A torch", "category": "wood", "price": 5 });
    client.http().put("/products/torch").json(&details).await;
    let (found, _) = page(&client, "?category=wood").await;
    assert_eq!(found, ["table", "torch"]);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    let ids = ["a", "b", "c", "d", "e"];
    add(&client, &ids.map(|id| (id, "letter"))).await;
    for query in ["?limit=2", "?limit=2&category=letter"] {
        let mut found = Vec::new();
        let mut after = String::new();
        let mut pages = 0;
        loop {
            let (ids, next) = page(&client, &format!("{query}{after}")).await;
            assert!(ids.len() <= 2, "{ids:?}");
            found.extend(ids);
            pages += 1;
            match next {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        found.sort();
        assert_eq!(found, ids, "{query}");
        assert!(pages >= 3, "{pages} pages");
    }
}

#[tokio::test]
async fn what_cannot_be_has_its_status() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    add(&client, &[("lamp", "light")]).await;
    let http = client.http();
    let long = "x".repeat(101);
    let details = json!({ "name": "A lamp", "category": "light", "price": 1 });
    let with = |member: &str, value: Value| {
        let mut product = product("torch", "light");
        product[member] = value;
        product
    };

    let unknown = (404, "NotFoundError", "no product has the id `torch`");
    let length = |what: &str, length: usize| {
        format!("a {what} has 1 to 100 characters, and this one has {length}")
    };
    let (name, category) = (length("name", 0), length("category", 101));
    for (response, expected) in [
        (http.get("/products/torch").await, unknown),
        (http.put("/products/torch").json(&details).await, unknown),
        (http.delete("/products/torch").await, unknown),
        (
            http.post("/products").json(&product("lamp", "wood")).await,
            (409, "ConflictError", "another product has the id `lamp`"),
        ),
        (
            http.post("/products").json(&with("name", json!(""))).await,
            (422, "UnprocessableEntityError", &*name),
        ),
        (
            http.post("/products")
                .json(&with("category", json!(long)))
                .await,
            (422, "UnprocessableEntityError", &*category),
        ),
        (
            http.get(&format!("/products?category={long}")).await,
            (422, "UnprocessableEntityError", &*category),
        ),
        (
            http.get("/products?limit=101").await,
            (
                422,
                "UnprocessableEntityError",
                "a page has 1 to 100 products, and not 101",
            ),
        ),
    ] {
        let (status, code, message) = error(&response);
        assert_eq!((status, &*code, &*message), expected);
    }

    // What the types refuse, the framework says.
    for response in [
        http.get("/products/Lamp").await,
        http.get("/products?limit=many").await,
        http.get("/products?after=Lamp").await,
        http.post("/products").body("a lamp").await,
        http.post("/products")
            .json(&with("id", json!("a lamp")))
            .await,
        http.post("/products")
            .json(&with("id", json!("x".repeat(51))))
            .await,
        http.post("/products").json(&with("price", json!(-1))).await,
        http.post("/products")
            .json(&with("colour", json!("red")))
            .await,
        http.put("/products/lamp")
            .json(&json!({ "price": 1 }))
            .await,
    ] {
        let (status, code, message) = error(&response);
        assert_eq!((status, &*code), (400, "BadRequestError"), "{message}");
    }
    let text = http.post("/products").header("content-type", "text/plain");
    assert_eq!(text.body("a lamp").await.status(), 415);

    // What was refused has changed nothing.
    let (ids, _) = page(&client, "").await;
    assert_eq!(ids, ["lamp"]);
    let lamp: Value = http.get("/products/lamp").await.json();
    assert_eq!(lamp["category"], "light");
}

#[tokio::test]
async fn what_aws_says_is_for_the_log() {
    let aws = Aws::create().await;
    let client = Client::builder(&STORE)
        .stage_from_config("dev")
        .env("PRODUCTS_TABLE", "no-such-table")
        .env("AWS_ENDPOINT_URL", aws.endpoint_url())
        .build()
        .await
        .unwrap();
    for path in ["/products", "/products?category=light", "/products/lamp"] {
        let (status, code, message) = error(&client.http().get(path).await);
        assert_eq!((status, &*code), (500, "InternalServerError"));
        assert!(!message.contains("table"), "{message}");
    }
}

#[tokio::test]
async fn an_app_without_its_bucket_does_not_start() {
    let error = Client::builder(&STORE)
        .env("PRODUCTS_TABLE", "products")
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .build()
        .await
        .unwrap_err();
    let cause = error.cause().unwrap().to_string();
    assert!(
        cause.starts_with("the environment variable PICTURES_BUCKET is not set"),
        "{cause}"
    );
}
